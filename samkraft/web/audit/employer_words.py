"""What is done with employers, those invited to meet them, and times to choose among, in words."""

from samkraft.values.wording import phrase

EMPLOYERS = {
    "employer.added": phrase("lade upp en arbetsgivare"),
    "employer.placement_agreed": phrase("kom överens om en plats hos en arbetsgivare"),
    "employer_time.noted": phrase("noterade tid med arbetsgivare"),
    "invitation.reminded": phrase("påminde om en tid"),
    "invitation.sent": phrase("bjöd in någon att välja en tid"),
    "invitation.time_withdrawn": phrase("tog bort en tid"),
    "invitation.times_published": phrase("lade ut tider"),
    "recruitment.invited": phrase("bjöd in någon till ett rekryteringsmöte"),
    "recruitment.replied": phrase("antecknade svar på en inbjudan"),
    "recruitment.result": phrase("skrev resultatet av ett rekryteringsmöte"),
    "recruitment.said_by_employer": phrase("svarade hur det gick, som arbetsgivare"),
    "recruitment.withdrawn": phrase("tog tillbaka en inbjudan"),
    "recruitment_meeting.cancelled": phrase("ställde in ett rekryteringsmöte"),
    "recruitment_meeting.planned": phrase("planerade ett rekryteringsmöte"),
}
