import uuid

from django.db import models

from samkraft.initiatives.rules.goals import GoalKind
from samkraft.partners.models import Organisation
from samkraft.values.writes import Writes


class Goal(models.Model):
    """Something that someone with the mandate has decided to reach. Goals form a tree, from council to activity."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in GoalKind])
    text = models.TextField()
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="goals")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    source = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in GoalKind]), name="initiatives_goal_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="initiatives_goal_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.text
