"""What do the tables of members, and of the accounts behind them, keep about a person, and how long?"""

from django.db.models import Case, CharField, EmailField, F, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from congress.core.personal import GONE, Holding, Retention, hold
from congress.core.sealed import SealedTextField
from members.models.stages import NOT_ADMITTED

AS_LONG_AS_MEMBER = _("As long as you are a member, and afterwards as the record of who was one.")
WITH_THE_ROW = _("As long as the account.")
YEAR = 365
# Where the database wants a word, an erasure leaves this one.
EMPTIED = "–"
# No letter leaves for such an address. Source: RFC 6761.
NOBODY = "erased.invalid"
# Whoever took back a word said why: the database wants a word of them, and none of anybody else.
TAKEN_BACK = Case(
    When(state="withdrawn", then=Value(EMPTIED, output_field=SealedTextField())),
    default=Value("", output_field=SealedTextField()),
)

# Of whoever was not let in, nobody needs the words of an officer, a sponsor or themselves for ever.
NEVER_MEMBER = {"state__in": NOT_ADMITTED, "member__isnull": True}
CASES_OF_NEVER = {f"application__{name}": value for name, value in NEVER_MEMBER.items()}
WITH_THE_CASE = _("As long as you are a member; one year after a case that ended without an admission.")
FORGOTTEN = {
    "email": Concat(Value("applicant"), F("id"), Value(f"@{NOBODY}"), output_field=EmailField()),
    # The hash of no link: who has the letter still finds nothing.
    "token_digest": Concat(Value("erased"), F("id"), output_field=CharField()),
    "latin_name": "", "native_name": "", "other_names": [], "organisation_name": "", "position": "",
    "supervisor_name": "", "supervisor_contact": "", "expertise": [], "topics": [], "languages": [], "motivation": "",
    "sounds": [],
}  # fmt: skip

for each in (
    Holding(
        "members.Member", "pk", _("Who you are, as it was vetted"),
        ("public_id", "email", "latin_name", "native_name", "native_language", "standing", "sector", "country",
         "organisation__name", "joined_on", "last_login"),
        AS_LONG_AS_MEMBER,
        erased={
            "email": Concat(F("public_id"), Value(f"@{NOBODY}")), "latin_name": "", "native_name": "",
            "native_language": "", "sector": "", "country": "", "last_login": None, "password": "!", "sort_name": "",
            "search_text": "", "search_text_sector": "", "search_text_country": "", "search_text_meeting": "",
            "search_text_groups": "", "search_text_officers": "",
        },
    ),
    Holding(
        "members.Profile", "member", _("What you say about yourself, and who sees it"),
        ("position", "other_names", "city", "time_zone", "biography", "expertise", "topics", "languages",
         "confirmed_on", "position_audience", "expertise_audience", "topics_audience", "languages_audience",
         "other_names_audience", "city_audience", "biography_audience", "email_audience", "seats_audience",
         "meetings_audience", "sessions_audience", "notices_audience", "time_zone_audience", "photograph",
         "photograph_audience"),
        WITH_THE_ROW,
        erased=GONE,
    ),
    Holding(
        "members.NameKey", "member", _("Spellings by which your names are found"), ("kind", "folded", "skeleton"),
        WITH_THE_ROW,
        erased=GONE,
    ),
    Holding(
        "members.Affiliation", "member", _("Where you worked, and since when; not what officers noted"),
        ("organisation__name", "position", "began_on", "confirmed_on", "ended_on", "ended_how", "moved_to"),
        AS_LONG_AS_MEMBER,
        erased={"position": "", "note": "", "moved_to": ""},
    ),
    Holding(
        "members.Application", "member", _("Your application; not what officers and sponsors wrote in confidence"),
        ("email", "latin_name", "native_name", "other_names", "sector", "country", "organisation_name", "position",
         "supervisor_name", "supervisor_contact", "expertise", "topics", "languages", "motivation", "consents",
         "begun_at", "submitted_at", "closed_at"),
        _(
            "As long as you are a member, and afterwards as the record of who was one; your supervisor for one year. "
            "If you were not admitted: one year, and after a refusal five years more as a code that tells officers "
            "that the same address or name, also spelt otherwise, was refused before."
        ),
        Retention("closed_at", YEAR, {"supervisor_name": "", "supervisor_contact": ""}),
        erased={**FORGOTTEN, "sector": "", "country": "", "kept_keys": []},
        further=(
            # Sector and country stay for the figures. Who invited goes: the database wants the organisation of both.
            Retention(
                "closed_at", YEAR,
                {**FORGOTTEN, "organisation": None, "nominated_by": None, "nominated_at": None}, NEVER_MEMBER,
            ),
            Retention("closed_at", 6 * YEAR, {"kept_keys": []}),
        ),
    ),
    Holding(
        "members.Sponsor", "member", _("For whom you were asked to vouch, and what you said"),
        ("name", "email", "state", "asked_at", "answered_at", "withdrawn_at", "attestations", "comment",
         "withdrawal_reason"),
        _("As the record of who vouched for a member; one year after a case that ended without an admission."),
        Retention("application__closed_at", YEAR, where={"application__state__in": NOT_ADMITTED}),
        erased={
            "name": EMPTIED, "organisation_name": EMPTIED, "comment": "", "withdrawal_reason": TAKEN_BACK,
            "email": Concat(Value("sponsor"), F("id"), Value(f"@{NOBODY}"), output_field=EmailField()),
        },
    ),
    Holding(
        "members.Sponsor", "application__member", _("What your sponsors said about you, which is not given"), (),
        _("As long as you are a member."),
        erased={"comment": "", "withdrawal_reason": TAKEN_BACK},
    ),
    Holding(
        "members.Reopening", "application__member",
        _("Why your case was opened again, in your words or an officer’s, which are not given"), (),
        WITH_THE_CASE,
        Retention("application__closed_at", YEAR, {"text": ""}, CASES_OF_NEVER),
        erased={"text": ""},
    ),
    Holding(
        "members.Suspension", "member", _("When you were shut out; not the reason, which officers noted"),
        ("begun_at", "ends_at", "lifted_at"),
        _("Three years after it was lifted."), Retention("lifted_at", 3 * YEAR),
        erased={"reason": EMPTIED},
    ),
    Holding(
        "members.Completion", "member", _("What your membership rests on, and until when"),
        ("module", "completed_at", "version", "expires_on"), WITH_THE_ROW,
        erased=GONE,
    ),
    Holding(
        "members.RoleGrant", "member", _("Which roles you held"), ("role", "begins_at", "ends_at"), AS_LONG_AS_MEMBER,
    ),
    Holding(
        "members.RoleProposal", "member", _("Which roles were proposed for you"),
        ("role", "ends_at", "proposed_at", "decided_at"), AS_LONG_AS_MEMBER,
    ),
    Holding(
        "members.Term", "member", _("Your seats in groups"), ("group__name", "is_chair", "begins_on", "ends_on"),
        AS_LONG_AS_MEMBER,
    ),
    Holding(
        "members.SeatProposal", "member", _("Seats that were proposed for you"),
        ("seat__group__name", "is_chair", "begins_on", "ends_on", "proposed_at", "decided_at"), AS_LONG_AS_MEMBER,
    ),
    Holding(
        "members.Message", "author", _("What you wrote to other members"),
        ("conversation__public_id", "text", "sent_at"),
        _("As long as its conversation."),
        erased={"text": EMPTIED},
    ),
    Holding(
        "members.Conversation", "opener", _("Conversations that you began, and what was said in them"),
        ("public_id", "opened_at", "last_at"), _("One year after the last word."), Retention("last_at", YEAR),
    ),
    Holding(
        "members.Introduction", "asker", _("Introductions that you asked for; not what became of them"),
        ("public_id", "introducer__public_id", "wanted__public_id", "reason", "asked_at"),
        _("60 days after you asked."), Retention("asked_at", 60),
        # What was said of them, too.
        erased=GONE,
    ),
    Holding(
        "members.Recommendation", "by", _("What you said of members whom you introduced"),
        ("introduction__public_id", "text", "at"), _("As long as the introduction."),
        erased={"text": EMPTIED},
    ),
    Holding(
        "members.MailChoice", "member", _("Which letters you do without"),
        ("takes_digest", "takes_needs", "changed_at"), WITH_THE_ROW,
        erased=GONE,
    ),
    Holding(
        "members.Need", "asker", _("What you asked the network"),
        ("public_id", "title", "text", "topics", "expertise", "regions", "countries", "languages", "opened_at",
         "ends_on", "match_count", "state", "taken_reason"),
        _("90 days after its last day."), Retention("ends_on", 90),
        erased=GONE,
    ),
    Holding(
        "members.NeedAddressee", "member", _("What other members asked you through the network"),
        ("need__public_id", "answered_at"), _("As long as what was asked."),
        erased=GONE,
    ),
    Holding(
        "members.Block", "member", _("From whom you want no more messages"), ("blocked__public_id", "at"), WITH_THE_ROW,
        erased=GONE,
    ),
    Holding(
        "members.Report", "by", _("What you reported to the officers"), ("reason", "at", "settled_at"),
        _("As long as what was reported, so that it can be looked at."),
        erased={"reason": ""},
    ),
    Holding(
        "members.SavedSearch", "member", _("Searches of the directory that you keep"),
        ("name", "query", "saved_at", "looked_on"), _("Until you delete it."),
        erased=GONE,
    ),
    Holding(
        "members.Recovery", "member", _("When your second factor was lost; no code"),
        ("asked_at", "proved_at", "ended_at", "ending"), _("One year after it ended."), Retention("ended_at", YEAR),
        erased=GONE,
    ),
    Holding(
        "members.ApiToken", "member", _("Your keys for programs; not the keys themselves"),
        ("name", "scopes", "made_at", "expires_at", "revoked_at", "last_used_at", "last_used_from"),
        _("90 days after it expired."), Retention("expires_at", 90),
        erased=GONE,
    ),
    Holding(
        "members.RememberedDevice", "member", _("Browsers in which you are not asked for a second factor"),
        ("user_agent", "made_at", "expires_at"), _("Fourteen days."), Retention("expires_at", 0),
        erased=GONE,
    ),
    Holding(
        "members.DataCopy", "member", _("Your copies of your own data; not their content, which is this"),
        ("asked_at", "ready_at", "fetched_at"), _("Seven days."), Retention("asked_at", 7),
        erased=GONE,
    ),
    Holding(
        "members.Note", "application__member", _("Officers’ notes on your application, which are not given"), (),
        WITH_THE_CASE,
        Retention("application__closed_at", YEAR, where=CASES_OF_NEVER),
        erased=GONE,
    ),
    Holding(
        "members.Callback", "application__member", _("Calls that officers made about you, which are not given"), (),
        WITH_THE_CASE,
        Retention("application__closed_at", YEAR, where=CASES_OF_NEVER),
        erased=GONE,
    ),
    Holding(
        "members.Question", "application__member", _("Questions about your application, which are not given"), (),
        WITH_THE_CASE,
        Retention("application__closed_at", YEAR, where=CASES_OF_NEVER),
        erased=GONE,
    ),
    Holding(
        "members.Objection", "application__member", _("Objections against you, which are not given"), (),
        WITH_THE_CASE,
        Retention("application__closed_at", YEAR, where=CASES_OF_NEVER),
        erased=GONE,
    ),
    Holding(
        "members.Decision", "application__member", _("Officers’ reasons for deciding on you, which are not given"), (),
        WITH_THE_CASE,
        Retention("application__closed_at", YEAR, {"reason": "", "is_forgotten": True}, CASES_OF_NEVER),
        erased={"reason": EMPTIED},
    ),
    Holding(
        "account.EmailAddress", "user", _("The address with which you sign in"), ("email", "verified"), WITH_THE_ROW,
        erased=GONE,
    ),
    Holding(
        "mfa.Authenticator", "user", _("Your second factors; not their secrets"),
        ("type", "created_at", "last_used_at"), _("Until you take it away."),
        erased=GONE,
    ),
    Holding(
        "usersessions.UserSession", "user", _("Where you are signed in"),
        ("ip", "user_agent", "created_at", "last_seen_at"), _("30 days after it was last used."),
        Retention("last_seen_at", 30),
        erased=GONE,
    ),
    Holding(
        "core.Entry", "by", _("What you did, as the journal keeps it"), ("event", "at"),
        _("For good: the journal can’t be changed. It holds numbers in place of names."),
    ),
    Holding(
        "core.Delivery", "member", _("Which letters were written to you; not their text"),
        ("kind", "state", "due_at", "settled_at"), _("One year after it was sent."), Retention("settled_at", YEAR),
        erased=GONE,
    ),
    Holding(
        "core.ReadingLift", "member", _("When a brake on your reading was lifted"), ("at", "ends_at", "reason"),
        _("One year after it ended."), Retention("ends_at", YEAR),
        erased={"reason": EMPTIED},
    ),
):  # fmt: skip
    hold(each)
