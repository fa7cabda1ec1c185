"""Jobs that run beside the pages, from the queue in the same database. Names are explicit and short.

A job carries ids, never names, and opens a context of its own. A new job is one function here and one line in
`register`; whoever wants it run defers it by name.
"""

import logging
from dataclasses import replace
from uuid import UUID

from asgiref.sync import async_to_sync
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from procrastinate import App, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued

from samkraft.operations.clock import CLOCK
from samkraft.values.period import day_in_stockholm

log = logging.getLogger(__name__)

REMIND_DUTIES = "remind_duties"
REMIND_DUTY = "remind_duty"
SEAL_AUDIT = "seal_audit"
LOOK_FOR_CONTRADICTIONS = "look_for_contradictions"
REMIND_STAFF = "remind_staff"
REMIND_MEMBER = "remind_member"
FETCH_VACANCIES = "fetch_vacancies"
LAPSE_PLACES = "lapse_places"
LAPSE_SUMMER = "lapse_summer"
FOLLOW_PLACES = "follow_places"
FOLLOW_INVITATIONS = "follow_invitations"
REMIND_INVITED = "remind_invited"
TAKE_SNAPSHOTS = "take_snapshots"
MAKE_FORECASTS = "make_forecasts"
RUN_ERRAND = "run_errand"
PICK_UP_ERRANDS = "pick_up_errands"
CLEAR_ERRANDS = "clear_errands"
# A worker says every ten seconds that it lives.
SILENT_SECONDS = 45

RETRY = RetryStrategy(max_attempts=6, exponential_wait=5)


def register(app: App) -> None:
    """Called when the queue is ready: add every task by its name, and say when the clock starts it.

    Cron times are UTC. A task that the clock starts gets the moment that it was meant for.
    """
    app.task(name=REMIND_DUTY, retry=RETRY)(remind_duty)
    app.periodic(cron="0 5 * * *")(app.task(name=REMIND_DUTIES, queueing_lock=REMIND_DUTIES)(_remind_duties_on_time))
    app.periodic(cron="*/10 * * * *")(app.task(name=SEAL_AUDIT, queueing_lock=SEAL_AUDIT)(_seal_audit_on_time))
    app.task(name=REMIND_MEMBER, retry=RETRY)(remind_member)
    app.periodic(cron="30 4 * * *")(app.task(name=REMIND_STAFF, queueing_lock=REMIND_STAFF)(_remind_staff_on_time))
    app.periodic(cron="* * * * *")(app.task(name=LAPSE_PLACES, queueing_lock=LAPSE_PLACES)(_lapse_places_on_time))
    app.periodic(cron="*/5 * * * *")(app.task(name=LAPSE_SUMMER, queueing_lock=LAPSE_SUMMER)(_lapse_summer_on_time))
    follow = app.task(name=FOLLOW_PLACES, queueing_lock=FOLLOW_PLACES)(_follow_places_on_time)
    app.periodic(cron="*/10 * * * *")(follow)
    invited = app.task(name=FOLLOW_INVITATIONS, queueing_lock=FOLLOW_INVITATIONS)(_follow_invitations_on_time)
    app.periodic(cron="5-59/10 * * * *")(invited)
    remind = app.task(name=REMIND_INVITED, queueing_lock=REMIND_INVITED)(_remind_invited_on_time)
    app.periodic(cron="15 6 * * 1-5")(remind)
    fetch = app.task(name=FETCH_VACANCIES, queueing_lock=FETCH_VACANCIES)(_fetch_vacancies_on_time)
    app.periodic(cron="40 2 * * *")(fetch)
    app.task(name=RUN_ERRAND, retry=RETRY)(run_errand)
    pick_up = app.task(name=PICK_UP_ERRANDS, queueing_lock=PICK_UP_ERRANDS)(_pick_up_errands_on_time)
    app.periodic(cron="* * * * *")(pick_up)
    clear = app.task(name=CLEAR_ERRANDS, queueing_lock=CLEAR_ERRANDS)(_clear_errands_on_time)
    app.periodic(cron="25 * * * *")(clear)
    app.periodic(cron="20 1 * * *")(
        app.task(name=TAKE_SNAPSHOTS, queueing_lock=TAKE_SNAPSHOTS)(_take_snapshots_on_time)
    )
    forecast = app.task(name=MAKE_FORECASTS, queueing_lock=MAKE_FORECASTS)(_make_forecasts_on_time)
    app.periodic(cron="40 1 * * *")(forecast)
    look = app.task(name=LOOK_FOR_CONTRADICTIONS, queueing_lock=LOOK_FOR_CONTRADICTIONS)(_look_on_time)
    app.periodic(cron="17 * * * *")(look)


def remind_duties() -> int:
    """Put one job in the queue for each duty that is late or near, and return how many there were."""
    from procrastinate.contrib.django import app

    from samkraft.audit.actions import transactions
    from samkraft.initiatives.queries import duties

    with transactions.read(CLOCK):
        found = duties.to_remind(today=day_in_stockholm(timezone.now()))
    for duty_id in found:
        lock = f"{REMIND_DUTY} {duty_id}"
        try:
            app.configure_task(REMIND_DUTY, lock=lock, queueing_lock=lock).defer(duty_id=str(duty_id))
        except AlreadyEnqueued:
            continue
    return len(found)


def remind_duty(duty_id: str) -> int:
    """Send the letters that the day calls for about one duty, and return how many."""
    from samkraft.initiatives.actions import reminders

    page = settings.SITE_URL + reverse("duties:duty", args=[duty_id])
    return reminders.remind(by=CLOCK, duty_id=UUID(duty_id), page=page)


def remind_staff() -> int:
    """Put one job in the queue for each membership that may lead cases, and return how many. It knows of no case."""
    from procrastinate.contrib.django import app

    from samkraft.partners.queries import recipients
    from samkraft.partners.rules.roles import Permission, Role, may

    roles = [role for role in Role if may(role, Permission.SEE_CASELOAD)]
    found = recipients.in_roles(roles=roles, day=day_in_stockholm(timezone.now()))
    for one in found:
        lock = f"{REMIND_MEMBER} {one.membership_id}"
        try:
            app.configure_task(REMIND_MEMBER, lock=lock, queueing_lock=lock).defer(membership_id=str(one.membership_id))
        except AlreadyEnqueued:
            continue
    return len(found)


def remind_member(membership_id: str) -> bool:
    """Tell one member of staff that something waits, if it does as that membership may know it when the job runs."""
    from samkraft.partners.queries import memberships
    from samkraft.people.actions import reminders

    held = memberships.one(UUID(membership_id))
    page = settings.SITE_URL + reverse("inbox")
    has_gone = held is not None and reminders.remind(by=replace(held.context(), purpose=CLOCK.purpose), page=page)
    if not has_gone:
        log.info("%s: nothing to tell", REMIND_MEMBER)  # neither whom nor why: that would tell
    return has_gone


def lapse_places() -> int:
    """Offers that nobody answered go to the next in line; how many offers went out."""
    from samkraft.people.actions.places import place_clock

    return place_clock.lapse(by=CLOCK)


def lapse_summer() -> int:
    """Summer places that were not answered for in time go to the next reserve; how many."""
    from samkraft.audit.actions import transactions
    from samkraft.offer.queries import summer_rounds
    from samkraft.people.actions.summer import summer_placing

    with transactions.read(CLOCK):
        rounds = [row.id for row in summer_rounds.listed()]
    return sum(summer_placing.lapse(by=CLOCK, round_id=one) for one in rounds)


def follow_places() -> int:
    """Write into the plans what has become of places since, each as whoever put the person in the queue; how many.

    What that membership may no longer see is not found, and nothing is told of it.
    """
    from samkraft.audit.actions import transactions
    from samkraft.partners.queries import memberships, recipients
    from samkraft.partners.rules.roles import Permission, Role, may
    from samkraft.people.actions.places import place_steps
    from samkraft.people.queries.places import place_lists
    from samkraft.values.refusal import Refused

    roles = [role for role in Role if may(role, Permission.WRITE_PLAN)]
    written = 0
    for one in recipients.in_roles(roles=roles, day=day_in_stockholm(timezone.now())):
        held = memberships.one(one.membership_id)
        if held is None:
            continue
        by = replace(held.context(), purpose=CLOCK.purpose)
        with transactions.read(by):
            entries = place_lists.to_follow(by)
        for entry_id in entries:
            try:
                written += place_steps.follow(by=by, entry_id=entry_id)
            except Refused:
                log.info("%s: nothing to write", FOLLOW_PLACES)
    return written


def run_errand(errand_id: str, membership_id: str) -> bool:
    """Do what somebody asked for beside the pages, as that membership may see when it is done; whether it was done."""
    from samkraft.operations import errands

    return errands.run(errand_id, membership_id)


def pick_up_errands() -> int:
    """Put back in the queue what was under way on a computer that has stopped; how many."""
    from procrastinate.contrib.django import app

    found = async_to_sync(app.job_manager.get_stalled_jobs)
    stalled = list(found(task_name=RUN_ERRAND, seconds_since_heartbeat=SILENT_SECONDS))
    for job in stalled:
        async_to_sync(app.job_manager.retry_job)(job)
    return len(stalled)


def clear_errands() -> int:
    """Take away files that have expired and errands that are old; how many."""
    from samkraft.partners.actions import errands

    return errands.clear(by=CLOCK)


def seal_audit() -> int | None:
    """Close the events that are finished into a seal; return its number, or None when there was nothing."""
    from samkraft.audit.actions import seals

    return seals.seal()


def look_for_contradictions() -> int:
    """Let the rules look through all sources, and return how many new differences they found."""
    from samkraft.money.actions.contradictions import contradictions

    return contradictions.look_by_clock(by=CLOCK).differing


def take_snapshots() -> int:
    """Keep the figures of the last month that is over, for each initiative that has none for it yet; how many."""
    from samkraft.knowledge.actions import snapshots

    return snapshots.take_those_due(by=CLOCK, today=day_in_stockholm(timezone.now()))


def make_forecasts() -> int:
    """Work out where each initiative lands, of snapshots that there is no forecast of yet; how many were made."""
    from samkraft.operations import monthly_forecasts

    return monthly_forecasts.make_those_due()


def fetch_vacancies() -> int | None:
    """Renew our copy of vacancies; return how many there are, or None where no service is configured or none answered."""
    from samkraft.operations.vacancies import fetching
    from samkraft.values.refusal import Refused

    source = fetching.configured()
    if source is None:
        return None
    try:
        return fetching.renew(by=CLOCK, source=source).found
    except Refused as refusal:
        log.warning("%s: %s", FETCH_VACANCIES, refusal)  # the copy that we have still holds; tomorrow is another night
        return None


def _fetch_vacancies_on_time(timestamp: int) -> int | None:
    return fetch_vacancies()


def _take_snapshots_on_time(timestamp: int) -> int:
    return take_snapshots()


def _make_forecasts_on_time(timestamp: int) -> int:
    return make_forecasts()


def _look_on_time(timestamp: int) -> int:
    return look_for_contradictions()


def _remind_duties_on_time(timestamp: int) -> int:
    return remind_duties()


def _lapse_summer_on_time(timestamp: int) -> int:
    return lapse_summer()


def _lapse_places_on_time(timestamp: int) -> int:
    return lapse_places()


def _follow_places_on_time(timestamp: int) -> int:
    return follow_places()


def _pick_up_errands_on_time(timestamp: int) -> int:
    return pick_up_errands()


def _clear_errands_on_time(timestamp: int) -> int:
    return clear_errands()


def _seal_audit_on_time(timestamp: int) -> int | None:
    return seal_audit()


def _remind_staff_on_time(timestamp: int) -> int:
    return remind_staff()


def _follow_invitations_on_time(timestamp: int) -> int:
    from samkraft.operations import invited_jobs

    return invited_jobs.follow_invitations()


def _remind_invited_on_time(timestamp: int) -> int:
    from samkraft.operations import invited_jobs

    return invited_jobs.remind_invited()
