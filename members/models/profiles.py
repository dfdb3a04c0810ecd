"""What do members say about themselves?"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from congress.core.topics import Expertise, Topic
from members.models.people import Member

# `choices` and `values` of an enum are made anew at each call, which a list of thirty people would feel.
_EXPERTISE, _TOPICS = dict(Expertise.choices), dict(Topic.choices)


class Profile(models.Model):
    """What a member says about themselves in the directory."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    position = models.CharField(_("position"), max_length=160, blank=True)
    other_names = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    biography = models.TextField(_("about"), max_length=2000, blank=True)
    expertise = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("profile")
        indexes = [
            GinIndex(fields=["expertise"], name="members_profile_expertise"),
            GinIndex(fields=["languages"], name="members_profile_languages"),
        ]

    def __str__(self) -> str:
        return self.position

    @property
    def expertise_labels(self) -> list[str]:
        """Return the fields of expertise in words, the main one first."""
        return [str(_EXPERTISE[value]) for value in self.expertise if value in _EXPERTISE]

    @property
    def topic_labels(self) -> list[str]:
        """Return the topics of interest in words."""
        return [str(_TOPICS[value]) for value in self.topics if value in _TOPICS]
