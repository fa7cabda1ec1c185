"""Assessors of grants, and those who sign for an organisation that has one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_errands")]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="partners_membership_role_known"),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "employment_officer",
                            "social_secretary",
                            "labour_market_secretary",
                            "insurance_officer",
                            "care_coordinator",
                            "study_counsellor",
                            "subproject_leader",
                            "main_project_leader",
                            "project_economist",
                            "project_administrator",
                            "place_coordinator",
                            "steering_group",
                            "evaluator",
                            "fund_officer",
                            "committee_controller",
                            "councillor",
                            "grant_assessor",
                            "grantee_reporter",
                            "grantee_signatory",
                            "provider",
                            "employer",
                            "participant",
                            "duplicate_steward",
                            "data_protection_officer",
                            "system_administrator",
                        ],
                    )
                ),
                name="partners_membership_role_known",
            ),
        ),
    ]
