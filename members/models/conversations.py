"""Who has written to whom through the portal, and who wants no more of it?"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.core.identifiers import public_id
from congress.core.roles import STANDINGS
from members.models.people import Member

MESSAGE_LIMIT = 4000


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Words about many conversations."""

    def of(self, member: Member) -> "ConversationQuerySet":
        """Those of a member as that member may know them: what they declined is gone for them, and for them only."""
        return self.filter(Q(opener=member) | Q(answerer=member, declined_at__isnull=True))

    def among_members(self) -> "ConversationQuerySet":
        """Those between two people in good standing."""
        listed = [standing for standing, can in STANDINGS.items() if can.is_listed]
        return self.filter(opener__standing__in=listed, answerer__standing__in=listed)

    def unread_by(self, member: Member) -> "ConversationQuerySet":
        """Those that hold something which this member has not opened."""
        return self.filter(
            Q(opener=member, opener_news=True) | Q(answerer=member, answerer_news=True, declined_at__isnull=True)
        )


class Conversation(models.Model):
    """Two members write to each other without knowing each other's address; both may agree to show theirs.

    Whoever is written to answers or not. Until they do, the opener can say no more; a refusal is silent.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    opener = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="conversations_opened")
    answerer = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="conversations_answered")
    opened_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField()
    opener_news = models.BooleanField(default=False)
    answerer_news = models.BooleanField(default=True)
    opener_shows_address = models.BooleanField(default=False)
    answerer_shows_address = models.BooleanField(default=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        constraints = [
            models.CheckConstraint(name="members_conversation_two", condition=~Q(opener=F("answerer"))),
            models.UniqueConstraint(fields=["opener", "answerer"], name="members_conversation_once"),
        ]
        indexes = [
            models.Index(fields=["opener", "-last_at"], name="members_conversation_opener"),
            models.Index(fields=["answerer", "-last_at"], name="members_conversation_answerer"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def is_opened_by(self, member: Member) -> bool:
        """Tell which of the two somebody is."""
        return self.opener_id == member.pk

    def other(self, member: Member) -> Member:
        """Return whom a member talks to."""
        return self.answerer if self.is_opened_by(member) else self.opener

    def takes_words_of(self, member: Member) -> bool:
        """Tell whether it is this member's turn: the opener waits for the first answer."""
        return not self.is_opened_by(member) or self.answered_at is not None

    def shows_address_of(self, member: Member) -> bool:
        """Tell whether a member has agreed to show theirs."""
        return self.opener_shows_address if self.is_opened_by(member) else self.answerer_shows_address

    @property
    def shows_addresses(self) -> bool:
        """Tell whether both have agreed."""
        return self.opener_shows_address and self.answerer_shows_address


class Message(models.Model):
    """What one of the two wrote."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=MESSAGE_LIMIT)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("message")
        constraints = [models.CheckConstraint(name="members_message_text", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.public_id


class Block(models.Model):
    """A member wants to hear nothing from another, who is not told."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("block")
        constraints = [
            models.UniqueConstraint(fields=["member", "blocked"], name="members_block_once"),
            models.CheckConstraint(name="members_block_other", condition=~Q(member=F("blocked"))),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.blocked_id}"
