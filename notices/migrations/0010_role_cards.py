"""Advice gets a card for each role, and a notice is found by the number under which its update was drafted."""

from django.db import migrations, models

KINDS = [
    ("summary", "Summary"),
    ("events", "What happened"),
    ("method", "Method"),
    ("objects", "Objects and devices"),
    ("concealment", "Concealment"),
    ("signs", "Outward signs for recognition"),
    ("advice", "Protective advice"),
    ("advice_mail_room", "In the mail room"),
    ("advice_retailer", "For retailers"),
    ("advice_customs", "At customs"),
    ("advice_laboratory", "In the laboratory"),
    ("advice_hospital", "In hospital"),
    ("advice_transport", "In transport"),
    ("ask", "What we ask of you"),
    ("sources", "Sources and confidence"),
    ("contact", "Contact"),
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0009_taken_back_and_approved")]

    operations = [
        migrations.AlterField(model_name="remark", name="section", field=models.CharField(blank=True, max_length=20)),
        migrations.AlterField(
            model_name="section",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=20, verbose_name="kind"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["drafted_as"], name="notices_edition_drafted_as", condition=~models.Q(drafted_as="")
            ),
        ),
    ]
