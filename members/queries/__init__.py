"""What do the pages about people need? One module for each page or pair of pages."""

from members.queries.applications import application_behind, bodies_of_address, progress, sponsors_named
from members.queries.conversations import (
    begun_with,
    blocks_of,
    conversation_known_to,
    conversations,
    messages_of,
    reader_of_news,
    waiting_messages,
)
from members.queries.directory import directory, directory_page, everybody_found
from members.queries.erasures import open_erasure
from members.queries.groups import (
    free_from,
    group_table,
    groups,
    open_proposals_for,
    rotating,
    seats_of,
    terms_to_end,
    told_of_rotation,
)
from members.queries.introductions import introduction_known_to, introductions, waiting_introductions
from members.queries.mail_choices import digest_stop_links, digest_stop_subject, digest_takers, taker_behind
from members.queries.membership import people_known_to, standing_of, suspensions
from members.queries.needs import NeedLine, need_known_to, needs, needs_for_each, waiting_needs
from members.queries.people import beside, gathered, holding, local_time, profiles, seats_held
from members.queries.photographs import photograph_of
from members.queries.places import (
    country,
    country_figures,
    focal_points,
    network,
    organisation_list,
    organisation_people,
    unreached,
    with_people,
)
from members.queries.profile_facets import listed_names, organisation_names
from members.queries.reading import reading_stops, written_to
from members.queries.recoveries import parts_to_hand_over, recovery_to_stop, running_recovery
from members.queries.renewal import expiring_for, modules_of
from members.queries.reports import report_known_to, reports, said_to
from members.queries.roles import open_proposals, roles_in_force
from members.queries.rosters import confirmable, roster, with_addresses_at
from members.queries.searches import news, query_of, shortcuts
from members.queries.sessions import OpenSession, open_sessions
from members.queries.sponsors import sponsor_again, sponsor_behind, sponsors_of, sponsorships, waiting_sponsorships
from members.queries.suggesting import suggestions
from members.queries.tokens import bearer, own_tokens
from members.queries.vetting import (
    QueueFilters,
    Waiting,
    newcomers_for,
    officers_for,
    vetting_cases,
    vetting_counts,
    vetting_queue,
    waiting_for,
    workable_cases,
)
from members.queries.vetting_hints import hints
from members.queries.visibility import nearest_named, seen_by_audience, seen_by_person, trustable_groups

__all__ = [
    "NeedLine",
    "OpenSession",
    "QueueFilters",
    "Waiting",
    "application_behind",
    "bearer",
    "begun_with",
    "beside",
    "blocks_of",
    "bodies_of_address",
    "confirmable",
    "conversation_known_to",
    "conversations",
    "country",
    "country_figures",
    "digest_stop_links",
    "digest_stop_subject",
    "digest_takers",
    "directory",
    "directory_page",
    "everybody_found",
    "expiring_for",
    "focal_points",
    "free_from",
    "gathered",
    "group_table",
    "groups",
    "hints",
    "holding",
    "introduction_known_to",
    "introductions",
    "listed_names",
    "local_time",
    "messages_of",
    "modules_of",
    "nearest_named",
    "need_known_to",
    "needs",
    "needs_for_each",
    "network",
    "newcomers_for",
    "news",
    "officers_for",
    "open_erasure",
    "open_proposals",
    "open_proposals_for",
    "open_sessions",
    "organisation_list",
    "organisation_names",
    "organisation_people",
    "own_tokens",
    "parts_to_hand_over",
    "people_known_to",
    "photograph_of",
    "profiles",
    "progress",
    "query_of",
    "reader_of_news",
    "reading_stops",
    "recovery_to_stop",
    "report_known_to",
    "reports",
    "roles_in_force",
    "roster",
    "rotating",
    "running_recovery",
    "said_to",
    "seats_held",
    "seats_of",
    "seen_by_audience",
    "seen_by_person",
    "shortcuts",
    "sponsor_again",
    "sponsor_behind",
    "sponsors_named",
    "sponsors_of",
    "sponsorships",
    "standing_of",
    "suggestions",
    "suspensions",
    "taker_behind",
    "terms_to_end",
    "told_of_rotation",
    "trustable_groups",
    "unreached",
    "vetting_cases",
    "vetting_counts",
    "vetting_queue",
    "waiting_for",
    "waiting_introductions",
    "waiting_messages",
    "waiting_needs",
    "waiting_sponsorships",
    "with_addresses_at",
    "with_people",
    "workable_cases",
    "written_to",
]
