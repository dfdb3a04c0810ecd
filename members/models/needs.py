"""What does a member need from the network, to whom did it go, and who answered?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import public_id
from congress.core.roles import STANDINGS
from congress.core.states import Machine, State
from members.models.groups import today
from members.models.people import Member

TITLE_LIMIT, NEED_LIMIT = 120, 2000
LONGEST_NEED_DAYS = 60


class NeedState(models.TextChoices):
    """Where a need stands. On the day after its last it takes no answer any more, whatever stands here."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    TAKEN = "taken", _("taken away")


NEED_STATES = Machine(
    {
        "open": State(
            _("Open"), _("Goes to members until its day"), frozenset({"answer"}), frozenset({"closed", "taken"})
        ),
        "closed": State(_("Closed"), _("You closed it")),
        "taken": State(_("Taken away"), _("Officers took it away")),
    }
)


def _array(length: int) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


class NeedQuerySet(models.QuerySet["Need"]):
    """Words about many needs."""

    def open(self) -> "NeedQuerySet":
        """Those that take answers today, of people in good standing."""
        listed = [standing for standing, can in STANDINGS.items() if can.is_listed]
        return self.filter(state__in=NEED_STATES.having("answer"), ends_on__gte=today(), asker__standing__in=listed)


class Need(models.Model):
    """A member asks those who know something, without knowing who they are."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    asker = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="needs")
    title = models.CharField(max_length=TITLE_LIMIT)
    text = models.TextField(max_length=NEED_LIMIT)
    topics = _array(40)
    expertise = _array(40)
    regions = _array(40)
    countries = _array(2)
    languages = _array(8)
    opened_at = models.DateTimeField()
    ends_on = models.DateField()
    # How many the asker could have found when they asked: not how many it reached, which would tell who refuses.
    match_count = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=NeedState.choices, default=NeedState.OPEN)
    taken_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    taken_reason = models.TextField(max_length=1000, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        constraints = [
            models.CheckConstraint(name="members_need_state", condition=Q(state__in=NeedState.values)),
            models.CheckConstraint(name="members_need_words", condition=~Q(title="") & ~Q(text="")),
            models.CheckConstraint(
                name="members_need_targeted", condition=Q(topics__len__gt=0) | Q(expertise__len__gt=0)
            ),
            models.CheckConstraint(
                name="members_need_taken",
                condition=(Q(state="taken", taken_by__isnull=False) & ~Q(taken_reason=""))
                | (~Q(state="taken") & Q(taken_by__isnull=True, taken_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["asker", "-opened_at"], name="members_need_asked")]

    def __str__(self) -> str:
        return self.title

    @property
    def own_state(self) -> str | Promise:
        """Return what the asker is told of it."""
        return NEED_STATES.states[self.state].public_label


class NeedAddressee(models.Model):
    """A member to whom a need went, and when they answered."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="addressees")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("addressee of a need")
        constraints = [models.UniqueConstraint(fields=["member", "need"], name="members_needaddressee_once")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.member_id}"
