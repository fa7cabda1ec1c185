"""The participant: consent, enrolment, assessment, plan, meetings, exit and follow-up. Knows no kronor."""
