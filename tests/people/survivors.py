"""Mutants that change nothing that anybody can see, each with the reason. To add to these is to decide it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

SAME_MEMBERSHIP = "the membership that is asked for in the same breath is this person's, in this role and area"
ERRAND_SEEN = "it must belong to an errand that one sees, and that is asked the same"
ONLY_ITS_OWN = "old is what belongs to an old errand that one sees, and nobody but the clock sees another's"
CALLS_AT_HOME = "a list's callers are of its own area: people_call_name asks, and a membership has one"
ATTESTS_WHAT_IT_SEES = "what is attested must be hours that one sees, and there it is asked the same"
NOBODYS_CASE = "nobody is on the case of nobody: the next requirement says the same"
ONLY_NOTED = "only how many rows the door's trail says were asked for"
HARMLESS: dict[str, str] = {
    "policy people_savedview.changes_own (UPDATE) without using (area_id": "a membership has one area",
    "policy people_savedview.removes_own (DELETE) without using (area_id": "a membership has one area",
    "policy people_savedview.removes_own (DELETE) without using (EXISTS": "one's own choices, by a membership that has ended",
    "policy people_savedview.changes_own (UPDATE) without using (EXISTS": "what it becomes is asked the same",
    "policy people_savedview.changes_own (UPDATE) without with check (EXISTS": "what it was is asked the same",
    "policy people_breakglass.reads_own_break_glass (SELECT) without using (area_id": "a membership has one area",
    "policy people_staffletter.reads_own (SELECT) without using (area_id": "a membership has one area",
    "policy people_staffletter.marks_own (UPDATE) without using (area_id": "a membership has one area",
    "policy people_staffletter.marks_own (UPDATE) without using (EXISTS": "what it becomes is asked the same",
    "policy people_staffletter.marks_own (UPDATE) without with check (EXISTS": "what it was is asked the same",
    "people_change_number: people_refuse('not_for_your_role')": "every role that can be on a case writes the contact",
    "people_number_of: people_refuse('not_for_your_role')": "every role that can be on a case reads the contact",
    "people_end_access: people_refuse('not_on_case')": NOBODYS_CASE,
    "without using (subject_kind = 'people.person'": "an id is never both a person's and something else's",
    "policy audit_event.sees_who_looked (SELECT) without using (area_id": "people_stay_in_their_area asks it too",
    "policy audit_event.sees_who_looked (SELECT) without using (subject_id": "people_stay_in_their_area asks it too",
    "writes_in_own_name (INSERT) without with check (copy_of_id IS NULL": "a constraint ties it to the act, which stands",
    "writes_in_own_name (INSERT) without with check (disclosure_id IS NULL": "a constraint ties it to the copy, which stands",
    "registers_scope (INSERT) without with check (person_id": "the consent that it must belong to is seen only on the case",
    "policy people_summerapplicant.only_by_link is gone": "without it no policy lets anybody insert: the same no",
    "staff_reads (SELECT) without using (area_id": "a round lies in one area, and only members of that area hold it",
    "people_summerplacement.staff_writes (INSERT) without with check (area_id": "it lies where its applicant does: a trigger",
    "people_summerpunch.staff_writes (INSERT) without with check (area_id": "it lies where its placement does: a trigger",
    "people_summershift.staff_writes (INSERT) without with check (area_id": "it lies where its placement does: a trigger",
    "people_summershift.staff_changes (UPDATE) without with check (": "it stays where its placement lies: a trigger",
    "staff_changes (UPDATE) without using (area_id": "a round lies in one area, and only members of that area hold it",
    "people_place_disclose: people_refuse('not_for_your_role')": "every role that can be on a case reads the contact",
    "people_release: people_refuse('not_on_case')": NOBODYS_CASE,
    "people_place_disclose: people_refuse('not_on_case')": NOBODYS_CASE,
    "people_place_end_disclosure: people_refuse('not_on_case')": NOBODYS_CASE,
    "people_place_leave: people_refuse('not_on_case')": NOBODYS_CASE,
    "people_place_adopt: people_require_coordinator(one.activity_id)": "each row that is chosen is asked the same just before",
    "people_place_may_give: p.withdrawn_at": "it only says whether to look; people_place_fill looks again",
    "people_place_own: people_refuse('not_on_case')": NOBODYS_CASE,
    "policy partners_errand.asks_as_oneself (INSERT) without with check (area_id": SAME_MEMBERSHIP,
    "policy partners_errand.asks_as_oneself (INSERT) without with check (membership_id": SAME_MEMBERSHIP,
    "policy partners_errand.reads_own (SELECT) without using (area_id": SAME_MEMBERSHIP,
    "policy partners_errand.reads_own (SELECT) without using (membership_id": SAME_MEMBERSHIP,
    "policy partners_errandevent.asks_as_oneself (INSERT) without with check (area_id": SAME_MEMBERSHIP,
    "policy partners_errandevent.asks_as_oneself (INSERT) without with check (membership_id": SAME_MEMBERSHIP,
    "policy partners_errandevent.reads_own (SELECT) without using (area_id": SAME_MEMBERSHIP,
    "policy partners_errandevent.reads_own (SELECT) without using (membership_id": SAME_MEMBERSHIP,
    "errandevent.asks_as_oneself (INSERT) without with check (EXISTS ( SELECT 1 FROM (partners_membership": ERRAND_SEEN,
    "errandfile.asks_as_oneself (INSERT) without with check (EXISTS ( SELECT 1 FROM (partners_membership": ERRAND_SEEN,
    "policy partners_errandevent.the_clock_finds_old (SELECT) without using (current_setting('samkraft.role'": ONLY_ITS_OWN,
    "policy partners_errandfile.asks_as_oneself (INSERT) without with check (area_id": SAME_MEMBERSHIP,
    "policy partners_errandfile.asks_as_oneself (INSERT) without with check (membership_id": SAME_MEMBERSHIP,
    "policy partners_errandfile.reads_own (SELECT) without using (area_id": SAME_MEMBERSHIP,
    "policy partners_errandfile.reads_own (SELECT) without using (membership_id": SAME_MEMBERSHIP,
    "policy partners_errandfile.throws_away (DELETE) without using (area_id": SAME_MEMBERSHIP,
    "policy partners_errandfile.throws_away (DELETE) without using (membership_id": SAME_MEMBERSHIP,
    "callers_see_their_list (SELECT) without using (area_id": CALLS_AT_HOME,
    "callers_see_those_drawn (SELECT) without using (area_id": CALLS_AT_HOME,
    "callers_see_their_calls (SELECT) without using (area_id": CALLS_AT_HOME,
    "people_call_lists: l.area_id = me.area_id": CALLS_AT_HOME,
    "policy people_callnote.protected_identity": "a note is read under its entry's own policies, and protection is one of them",
    "people_call_protected: e.list_id = asked": "an entry has a person of its own, so whoever it names is on that list",
    "people_call_spared: e.list_id = asked": "an entry has a person of its own, so whoever it names is on that list",
    "upper_inf(mine.valid) does not matter": "it hides those too who had the number once: one more, never one fewer",
    "ELSE family_name END is kept": "a row without a given name is read by nobody: the lot passes it by",
    "ELSE phone END is kept": "a row without a given name is read by nobody: the lot passes it by",
    "people_call_draw: e.list_id = held.id does not matter (3)": "a code is twelve random signs, which no other list has",
    "people_call_entry: e.is_drawn does not matter": "nobody reads who is not drawn, so nobody knows the id",
    "people_place_line_up: c.area_id = m.area_id does not matter (3)": "a step has one author: nobody else holds a newer version",
    "people_call_codes: e.list_id = held.id does not matter (1)": ONLY_NOTED,
    "people_call_rows: e.list_id = held.id does not matter (1)": ONLY_NOTED,
    "people_call_rows: e.turn IS NOT NULL does not matter (1)": ONLY_NOTED,
    "policy people_staffattest.attests_others_hours (INSERT) without with check (EXISTS": ATTESTS_WHAT_IT_SEES,
    # test_why_the_category_of_a_row_in_a_month_asks_nothing_more_of_its_readers tells when it is no longer so.
    "reads_month_on_case (SELECT) without using ((category)": "only what every role on a case reads lies there",
    "people_place_line_up: o.activity_id = ANY (activities)": "in line for an occasion are those of its own activity's queue",
    # withdrawn_at is written by people_withdraw alone, which ends the period in the same statement.
    "people_area_knows: s.withdrawn_at IS NULL": "taking back ends the period as well",
    "people_is_told: s.withdrawn_at IS NULL": "taking back ends the period as well",
    "people_month_number_kinds: s.withdrawn_at IS NULL": "taking back ends the period as well",
    "people_month_numbers: s.withdrawn_at IS NULL": "taking back ends the period as well",
    "people_number_of: s.withdrawn_at IS NULL": "taking back ends the period as well",
    "people_release: s.withdrawn_at IS NULL": "taking back ends the period as well",
    "people_release_current: s.withdrawn_at IS NULL": "taking back ends the period as well",
    "people_release_standing: s.withdrawn_at IS NULL": "taking back ends the period as well",
    # test_what_makes_some_conditions_say_the_same_still_holds tells when these are no longer so.
    "people_invitation_own: people_refuse('not_on_case')": NOBODYS_CASE,
    "people_recruitment_own: people_refuse('not_on_case')": NOBODYS_CASE,
    "people_invitation_make: people_refuse('not_for_your_role')": "every role that can be on a case writes the enrolment",
    "people_recruitment_invite: people_refuse('not_for_your_role')": "every role that can be on a case writes the plan",
    "reads_invited_on_case (SELECT) without using ((category)": "every role that can be on a case reads plan and enrolment",
    "reads_enrolment (SELECT) without using ((category)": "every role that can be on a case reads the enrolment",
    "searches_on_case (SELECT) without using ((category)": "every role that can be on a case reads the contact",
    "enrols (INSERT) without with check ((category)": "every role that can be on a case writes the enrolment",
    "ends_enrolment (UPDATE) without using ((category)": "every role that can be on a case writes the enrolment",
    "ends_enrolment (UPDATE) without with check ((category)": "every role that can be on a case writes the enrolment",
}


def reason(mutant: str) -> str:
    """Why the mutant is harmless; empty when it is not known to be."""
    return next((why for words, why in HARMLESS.items() if words in mutant), "")


def summed_up(found: Sequence[Any]) -> dict[str, Any]:
    """How many were tried, how many were caught, which lived and were explained, and which lived and were not."""
    lived = [one.mutant for one in found if not one.caught_by]
    explained = {name: why for name in lived if (why := reason(name))}
    return {
        "mutants": len(found), "killed": len(found) - len(lived), "explained": len(explained),
        "lived": [name for name in lived if name not in explained], "harmless": explained,
        "told": [asdict(one) for one in found],
    }  # fmt: skip
