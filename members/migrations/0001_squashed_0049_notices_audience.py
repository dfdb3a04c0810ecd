"""The tables of members as the migrations up to 0049 left them, made in one go: a new database takes this one.

A database that has some of those that it replaces takes the rest of them. Decision 0038.
"""

import datetime as dt

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import congress.core.identifiers
import congress.core.sealed

# An organisation that is set in any other way than by an action is an affiliation too.
FOLLOW = """
CREATE FUNCTION members_follow_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        UPDATE members_affiliation SET ended_on = GREATEST(began_on, CURRENT_DATE), ended_how = 'officer'
            WHERE member_id = NEW.id AND ended_on IS NULL AND organisation_id IS DISTINCT FROM NEW.organisation_id;
    END IF;
    IF NEW.organisation_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM members_affiliation WHERE member_id = NEW.id AND ended_on IS NULL) THEN
        INSERT INTO members_affiliation (member_id, organisation_id, position, began_on, ended_how, note, moved_to)
            VALUES (NEW.id, NEW.organisation_id, '',
                CASE WHEN TG_OP = 'INSERT' THEN COALESCE(NEW.joined_on, CURRENT_DATE) ELSE CURRENT_DATE END, '', '', '');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER members_member_came AFTER INSERT ON members_member
    FOR EACH ROW EXECUTE FUNCTION members_follow_organisation();
CREATE TRIGGER members_member_moved AFTER UPDATE OF organisation_id ON members_member
    FOR EACH ROW WHEN (NEW.organisation_id IS DISTINCT FROM OLD.organisation_id)
    EXECUTE FUNCTION members_follow_organisation();
"""

# Asked at the commit, so that an action may change the one and then the other.
COMPARE = """
CREATE FUNCTION members_compare_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM members_member m
        LEFT JOIN members_affiliation a ON a.member_id = m.id AND a.ended_on IS NULL
        WHERE m.id = NEW.member_id AND m.organisation_id IS DISTINCT FROM a.organisation_id
    ) THEN
        RAISE EXCEPTION 'member % has another organisation than the present affiliation', NEW.member_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'members_affiliation_is_present';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER members_affiliation_is_present AFTER INSERT OR UPDATE ON members_affiliation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION members_compare_organisation();
"""

TAKE_BACK = """
DROP TRIGGER members_affiliation_is_present ON members_affiliation;
DROP FUNCTION members_compare_organisation();
DROP TRIGGER members_member_moved ON members_member;
DROP TRIGGER members_member_came ON members_member;
DROP FUNCTION members_follow_organisation();
"""

# A term is of its seat's group: the group stands in its own row, so that the database can refuse two at once.
SAME_GROUP = """
ALTER TABLE members_term ADD CONSTRAINT members_term_of_seat
    FOREIGN KEY (seat_id, group_id) REFERENCES members_seat (id, group_id) DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):

    replaces = [('members', '0001_initial'), ('members', '0002_name_keys'), ('members', '0003_fill_name_keys'), ('members', '0004_affiliations'), ('members', '0005_affiliations_kept'), ('members', '0006_other_names'), ('members', '0007_modules'), ('members', '0008_role_proposals'), ('members', '0009_sponsors'), ('members', '0010_sponsors_drafted'), ('members', '0011_groups'), ('members', '0012_stages'), ('members', '0013_stages_filled'), ('members', '0014_field_audiences'), ('members', '0015_sponsors_taken_back'), ('members', '0016_conversations'), ('members', '0017_field_audience_groups'), ('members', '0018_casework'), ('members', '0019_seats_closed'), ('members', '0020_api_tokens'), ('members', '0021_application_languages'), ('members', '0022_knocks'), ('members', '0023_recoveries'), ('members', '0024_rounds'), ('members', '0025_invitations'), ('members', '0026_data_copies'), ('members', '0027_trusted_groups_found'), ('members', '0028_erasures'), ('members', '0029_sealed'), ('members', '0030_epoch_began'), ('members', '0030_completions_by_member'), ('members', '0030_introductions'), ('members', '0031_spoken_levels'), ('members', '0032_sponsor_reminded'), ('members', '0033_mail_choices'), ('members', '0034_groups_dissolved'), ('members', '0035_newcomers_announced'), ('members', '0036_applications_sealed'), ('members', '0037_gathered_audiences'), ('members', '0038_time_zones'), ('members', '0039_time_zones_filled'), ('members', '0040_needs'), ('members', '0041_remembered_devices'), ('members', '0042_addresses_in_capitals'), ('members', '0043_comes_again'), ('members', '0044_photographs'), ('members', '0045_saved_searches'), ('members', '0046_kept_keys'), ('members', '0047_kept_keys_filled'), ('members', '0048_reports'), ('members', '0049_notices_audience')]

    initial = True

    dependencies = [
        ('core', '0001_extensions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('latin_name', models.CharField(blank=True, max_length=200, verbose_name='name in Latin letters')),
                ('native_name', models.CharField(blank=True, max_length=200, verbose_name='name in own script')),
                ('native_language', models.CharField(blank=True, max_length=8)),
                ('standing', models.CharField(choices=[('applicant', 'applicant'), ('provisional', 'provisional member'), ('member', 'member'), ('lapsed', 'lapsed'), ('suspended', 'suspended'), ('former', 'former member')], default='applicant', max_length=12)),
                ('sector', models.CharField(blank=True, choices=[('law_enforcement', 'Law enforcement'), ('government', 'Government'), ('international_organisation', 'International organisation'), ('industry', 'Industry'), ('academia', 'Academia')], max_length=32)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('joined_on', models.DateField(blank=True, null=True)),
                ('sort_name', models.CharField(blank=True, editable=False, max_length=200)),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('authz_epoch', models.PositiveIntegerField(default=0, editable=False)),
                ('search_text_country', models.TextField(blank=True, editable=False)),
                ('search_text_meeting', models.TextField(blank=True, editable=False)),
                ('search_text_officers', models.TextField(blank=True, editable=False)),
                ('search_text_sector', models.TextField(blank=True, editable=False)),
                ('search_text_groups', models.TextField(blank=True, editable=False)),
                ('epoch_began_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'member',
                'verbose_name_plural': 'members',
                'indexes': [models.Index(condition=models.Q(('standing', 'member')), fields=['sort_name', 'id'], name='members_member_listed'), models.Index(condition=models.Q(('standing', 'member')), fields=['joined_on', 'id'], name='members_member_newest'), models.Index(condition=models.Q(('standing', 'member')), fields=['sector', 'country'], name='members_member_place'), django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='members_member_search', opclasses=['gin_trgm_ops']), django.contrib.postgres.indexes.GinIndex(fields=['search_text_sector'], name='members_member_search_sector', opclasses=['gin_trgm_ops']), django.contrib.postgres.indexes.GinIndex(fields=['search_text_country'], name='members_member_search_country', opclasses=['gin_trgm_ops']), django.contrib.postgres.indexes.GinIndex(fields=['search_text_meeting'], name='members_member_search_meeting', opclasses=['gin_trgm_ops']), django.contrib.postgres.indexes.GinIndex(fields=['search_text_officers'], name='members_member_search_officers', opclasses=['gin_trgm_ops']), django.contrib.postgres.indexes.GinIndex(fields=['search_text_groups'], name='members_member_search_groups', opclasses=['gin_trgm_ops']), models.Index(django.db.models.functions.text.Upper('email'), name='members_member_address')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='members_member_email'), models.CheckConstraint(condition=models.Q(('standing__in', ['applicant', 'provisional', 'member', 'lapsed', 'suspended', 'former'])), name='members_member_standing'), models.CheckConstraint(condition=models.Q(models.Q(('standing', 'member'), _negated=True), models.Q(models.Q(('sector', ''), _negated=True), models.Q(('country', ''), _negated=True), ('joined_on__isnull', False)), _connector='OR'), name='members_member_vetted')],
            },
        ),
        migrations.CreateModel(
            name='ErasedKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('noted_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'key of somebody erased',
                'verbose_name_plural': 'keys of people erased',
            },
        ),
        migrations.CreateModel(
            name='MailChoice',
            fields=[
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='mail_choice', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('takes_digest', models.BooleanField(default=True, verbose_name='weekly digest')),
                ('changed_at', models.DateTimeField()),
                ('takes_needs', models.BooleanField(default=True, verbose_name='needs of other members')),
            ],
            options={
                'verbose_name': 'choice of letters',
                'verbose_name_plural': 'choices of letters',
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('state', models.CharField(choices=[('unverified', 'address not verified'), ('verified', 'address verified, nothing sent yet'), ('open', 'to be checked'), ('seconded', 'for a second officer'), ('asked', 'waiting for the applicant'), ('window', 'objection window'), ('approved', 'approved'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('closed', 'closed without an answer')], default='unverified', max_length=12)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('latin_name', models.CharField(blank=True, max_length=200, verbose_name='name in Latin letters, as in the passport')),
                ('native_name', models.CharField(blank=True, max_length=200, verbose_name='name in own script')),
                ('sector', models.CharField(blank=True, choices=[('law_enforcement', 'Law enforcement'), ('government', 'Government'), ('international_organisation', 'International organisation'), ('industry', 'Industry'), ('academia', 'Academia')], max_length=32, verbose_name='sector')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('organisation_name', models.CharField(blank=True, max_length=200, verbose_name='organisation')),
                ('position', models.CharField(blank=True, max_length=160, verbose_name='position')),
                ('motivation', congress.core.sealed.SealedTextField(blank=True, max_length=3000, verbose_name='why you want to join')),
                ('begun_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('consents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('vetting', 'Officers of the network read my application and compare it with what is known.'), ('sponsors', 'The sponsors whom I name are asked about me, and their answers are kept in confidence.'), ('call_back', 'Officers may ring my organisation or my supervisor to make sure that I work there.'), ('directory', 'If I am admitted, vetted members see my name, organisation, position and expertise.')], max_length=12), blank=True, default=list, size=None)),
                ('expertise', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('name_order', models.CharField(blank=True, choices=[('given_first', 'Given name first, then the family name'), ('family_first', 'Family name first, then the given name'), ('one_name', 'There is no family name')], max_length=12, verbose_name='order of names')),
                ('nominated_at', models.DateTimeField(null=True)),
                ('other_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('supervisor_contact', congress.core.sealed.SealedTextField(blank=True, max_length=200, verbose_name='telephone or e-mail of the supervisor')),
                ('supervisor_name', congress.core.sealed.SealedTextField(blank=True, max_length=200, verbose_name='supervisor')),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('assigned_at', models.DateTimeField(null=True)),
                ('call_wanted_at', models.DateTimeField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('stage_since', models.DateTimeField(null=True)),
                ('sounds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=400), default=list, size=None)),
                ('escalated_at', models.DateTimeField(null=True)),
                ('announced_at', models.DateTimeField(null=True)),
                ('kept_keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to=settings.AUTH_USER_MODEL)),
                ('nominated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'application',
                'verbose_name_plural': 'applications',
                'indexes': [models.Index(fields=['state', 'submitted_at'], name='members_application_queue'), models.Index(fields=['-closed_at', '-id'], name='members_application_done'), django.contrib.postgres.indexes.GinIndex(fields=['sounds'], name='members_application_sounds'), models.Index(condition=models.Q(('state__in', ('open', 'seconded', 'asked', 'window'))), fields=['due_on', 'id'], name='members_application_due'), models.Index(django.db.models.functions.text.Upper('email'), name='members_application_address'), django.contrib.postgres.indexes.GinIndex(fields=['kept_keys'], name='members_application_kept')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['unverified', 'verified']), ('submitted_at__isnull', False), _connector='OR'), name='members_application_submitted'), models.CheckConstraint(condition=models.Q(models.Q(('assigned_at__isnull', True), ('assigned_to__isnull', True)), models.Q(('assigned_at__isnull', False), ('assigned_to__isnull', False)), _connector='OR'), name='members_application_assigned'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('state__in', ['unverified', 'verified', 'open', 'seconded', 'asked', 'window'])), name='members_application_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state__in', ['unverified', 'verified', 'open', 'seconded', 'asked', 'window'])), models.Q(models.Q(('state__in', ['unverified', 'verified', 'open', 'seconded', 'asked', 'window']), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='members_application_closed'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('open', 'seconded', 'asked', 'window')), _negated=True), models.Q(('due_on__isnull', False), ('stage_since__isnull', False)), _connector='OR'), name='members_application_clocked')],
            },
        ),
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('opened_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('declined_at', models.DateTimeField(null=True)),
                ('last_at', models.DateTimeField()),
                ('opener_news', models.BooleanField(default=False)),
                ('answerer_news', models.BooleanField(default=True)),
                ('opener_shows_address', models.BooleanField(default=False)),
                ('answerer_shows_address', models.BooleanField(default=False)),
                ('answerer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversations_answered', to=settings.AUTH_USER_MODEL)),
                ('opener', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversations_opened', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'conversation',
                'indexes': [models.Index(fields=['opener', '-last_at'], name='members_conversation_opener'), models.Index(fields=['answerer', '-last_at'], name='members_conversation_answerer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('opener', models.F('answerer')), _negated=True), name='members_conversation_two'), models.UniqueConstraint(fields=('opener', 'answerer'), name='members_conversation_once')],
            },
        ),
        migrations.CreateModel(
            name='DataCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('epoch', models.PositiveIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('ready_at', models.DateTimeField(null=True)),
                ('token_digest', models.CharField(blank=True, max_length=64)),
                ('sealed_text', models.TextField(blank=True)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='data_copies', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'copy of own data',
                'verbose_name_plural': 'copies of own data',
                'constraints': [models.CheckConstraint(condition=models.Q(('fetched_at__isnull', True), ('sealed_text', ''), _connector='OR'), name='members_datacopy_fetched'), models.CheckConstraint(condition=models.Q(models.Q(('ready_at__isnull', True), ('sealed_text', ''), ('token_digest', '')), models.Q(('ready_at__isnull', False), models.Q(('token_digest', ''), _negated=True)), _connector='OR'), name='members_datacopy_ready')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_favour', models.BooleanField()),
                ('reason', congress.core.sealed.SealedTextField(max_length=2000, verbose_name='reason')),
                ('decided_at', models.DateTimeField()),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('grounds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('employed', 'The organisation confirmed the person and the position'), ('known', 'Known from joint work'), ('needed', 'The network needs this expertise, region or sector'), ('unconfirmed', 'Identity or position could not be confirmed'), ('outside', 'The work lies outside the network’s task'), ('unknown', 'Nobody can vouch for the person well enough'), ('incomplete', 'Questions stayed open'), ('concern', 'There is a concern about security')], max_length=16), default=list, size=None)),
                ('is_forgotten', models.BooleanField(default=False)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='members.application')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'decision',
                'constraints': [models.UniqueConstraint(fields=('application', 'round', 'officer'), name='members_decision_once_each'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), ('is_forgotten', True), _connector='OR'), name='members_decision_reasoned')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='erasures', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'erasure',
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('done_at__isnull', True)), fields=('member',), name='members_erasure_one_open'), models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), ('done_at__isnull', True), _connector='OR'), name='members_erasure_ended')],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('kind', models.CharField(choices=[('steering', 'Steering committee'), ('advisory', 'Advisory group'), ('working', 'Working group')], max_length=8, verbose_name='kind')),
                ('mandate', models.TextField(max_length=3000, verbose_name='mandate')),
                ('begun_on', models.DateField(verbose_name='since')),
                ('dissolved_on', models.DateField(null=True)),
            ],
            options={
                'verbose_name': 'group',
                'verbose_name_plural': 'groups',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['steering', 'advisory', 'working'])), name='members_group_kind'), models.CheckConstraint(condition=models.Q(('mandate', ''), _negated=True), name='members_group_mandate'), models.CheckConstraint(condition=models.Q(('dissolved_on__isnull', True), ('dissolved_on__gte', models.F('begun_on')), _connector='OR'), name='members_group_span')],
            },
        ),
        migrations.CreateModel(
            name='Introduction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('passed_on', 'passed on'), ('accepted', 'accepted'), ('set_aside', 'set aside')], default='asked', max_length=12)),
                ('reason', models.TextField(max_length=1000)),
                ('asked_at', models.DateTimeField()),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='introductions_asked', to=settings.AUTH_USER_MODEL)),
                ('introducer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='introductions_made', to=settings.AUTH_USER_MODEL)),
                ('wanted', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='introductions_offered', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'introduction',
                'indexes': [models.Index(fields=['asker', 'asked_at'], name='members_introduction_asked')],
                'constraints': [models.UniqueConstraint(fields=('asker', 'wanted'), name='members_introduction_once'), models.CheckConstraint(condition=models.Q(models.Q(('asker', models.F('introducer')), _negated=True), models.Q(('asker', models.F('wanted')), _negated=True), models.Q(('introducer', models.F('wanted')), _negated=True)), name='members_introduction_three'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'passed_on', 'accepted', 'set_aside'])), name='members_introduction_state'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='members_introduction_reason')],
            },
        ),
        migrations.CreateModel(
            name='Knock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('knocked_at', models.DateTimeField()),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'knock',
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('text', models.TextField(max_length=4000)),
                ('sent_at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='members.conversation')),
            ],
            options={
                'verbose_name': 'message',
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='members_message_text')],
            },
        ),
        migrations.CreateModel(
            name='NameKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('latin', 'name in Latin letters'), ('native', 'name in own script'), ('other', 'another name')], max_length=8)),
                ('audience', models.CharField(choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='network', max_length=8)),
                ('folded', models.TextField()),
                ('skeleton', models.TextField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='name_keys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'name key',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='members_namekey_folded', opclasses=['gin_trgm_ops']), django.contrib.postgres.indexes.GinIndex(fields=['skeleton'], name='members_namekey_skeleton', opclasses=['gin_trgm_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['latin', 'native', 'other'])), name='members_namekey_kind'), models.CheckConstraint(condition=models.Q(('audience__in', ['network', 'sector', 'country', 'meeting', 'groups', 'officers'])), name='members_namekey_audience')],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField(max_length=2000)),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('expertise', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('regions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None)),
                ('opened_at', models.DateTimeField()),
                ('ends_on', models.DateField()),
                ('match_count', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('open', 'open'), ('closed', 'closed'), ('taken', 'taken away')], default='open', max_length=8)),
                ('taken_reason', models.TextField(blank=True, max_length=1000)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'need',
                'indexes': [models.Index(fields=['asker', '-opened_at'], name='members_need_asked')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed', 'taken'])), name='members_need_state'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='members_need_words'), models.CheckConstraint(condition=models.Q(('topics__len__gt', 0), ('expertise__len__gt', 0), _connector='OR'), name='members_need_targeted'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'taken'), ('taken_by__isnull', False), models.Q(('taken_reason', ''), _negated=True)), models.Q(models.Q(('state', 'taken'), _negated=True), ('taken_by__isnull', True), ('taken_reason', '')), _connector='OR'), name='members_need_taken')],
            },
        ),
        migrations.CreateModel(
            name='NeedAddressee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answered_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addressees', to='members.need')),
            ],
            options={
                'verbose_name': 'addressee of a need',
                'constraints': [models.UniqueConstraint(fields=('member', 'need'), name='members_needaddressee_once')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('text', congress.core.sealed.SealedTextField(max_length=2000, verbose_name='note')),
                ('written_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='members.application')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'note',
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='members_note_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('text', congress.core.sealed.SealedTextField(max_length=2000, verbose_name='objection')),
                ('raised_at', models.DateTimeField()),
                ('is_upheld', models.BooleanField(null=True)),
                ('settlement', congress.core.sealed.SealedTextField(blank=True, max_length=2000, verbose_name='reason')),
                ('settled_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='members.application')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'objection',
                'constraints': [models.UniqueConstraint(fields=('application', 'round', 'member'), name='members_objection_once_each'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='members_objection_not_empty'), models.CheckConstraint(condition=models.Q(('settled_by', models.F('member')), _negated=True), name='members_objection_not_self'), models.CheckConstraint(condition=models.Q(models.Q(('is_upheld__isnull', True), ('settled_at__isnull', True), ('settled_by__isnull', True), ('settlement', '')), models.Q(('is_upheld__isnull', False), ('settled_at__isnull', False), ('settled_by__isnull', False), models.Q(('settlement', ''), _negated=True)), _connector='OR'), name='members_objection_settled')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('name', models.CharField(max_length=200, unique=True)),
                ('native_name', models.CharField(blank=True, max_length=200)),
                ('sector', models.CharField(choices=[('law_enforcement', 'Law enforcement'), ('government', 'Government'), ('international_organisation', 'International organisation'), ('industry', 'Industry'), ('academia', 'Academia')], max_length=32)),
                ('country', models.CharField(max_length=2)),
                ('city', models.CharField(blank=True, max_length=100)),
                ('mail_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None)),
                ('proof_days', models.PositiveSmallIntegerField(choices=[(90, 'every 90 days'), (180, 'every 180 days'), (365, 'every year')], default=365)),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'constraints': [models.CheckConstraint(condition=models.Q(('sector__in', ['law_enforcement', 'government', 'international_organisation', 'industry', 'academia'])), name='members_organisation_sector'), models.CheckConstraint(condition=models.Q(('proof_days__in', [90, 180, 365])), name='members_organisation_proof')],
            },
        ),
        migrations.AddField(
            model_name='application',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='members.organisation'),
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.CharField(blank=True, max_length=160, verbose_name='position')),
                ('began_on', models.DateField()),
                ('confirmed_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('ended_how', models.CharField(blank=True, choices=[('left', 'said so themselves'), ('no_longer_ours', 'the focal point said so'), ('officer', 'a vetting officer said so')], max_length=16)),
                ('note', congress.core.sealed.SealedTextField(blank=True, max_length=2000, verbose_name='note')),
                ('moved_to', models.CharField(blank=True, max_length=200, verbose_name='new organisation')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to='members.organisation')),
            ],
            options={
                'verbose_name': 'affiliation',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('member',), name='members_affiliation_one_present'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('began_on')), _connector='OR'), name='members_affiliation_span'), models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('ended_how', ''), ('ended_on__isnull', True), ('moved_to', '')), models.Q(('ended_how__in', ['left', 'no_longer_ours', 'officer']), ('ended_on__isnull', False)), _connector='OR'), name='members_affiliation_ended'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), ('confirmed_on__isnull', False), _connector='OR'), name='members_affiliation_confirmed')],
            },
        ),
        migrations.AddField(
            model_name='member',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='members.organisation'),
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('stage', models.CharField(choices=[('unverified', 'address not verified'), ('verified', 'address verified, nothing sent yet'), ('open', 'to be checked'), ('seconded', 'for a second officer'), ('asked', 'waiting for the applicant'), ('window', 'objection window'), ('approved', 'approved'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('closed', 'closed without an answer')], max_length=12)),
                ('entered_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='members.application')),
            ],
            options={
                'verbose_name': 'passage',
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('application',), name='members_passage_one_present'), models.CheckConstraint(condition=models.Q(('left_at__isnull', True), ('left_at__gte', models.F('entered_at')), _connector='OR'), name='members_passage_span')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('text', congress.core.sealed.SealedTextField(max_length=2000, verbose_name='question')),
                ('asked_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(null=True)),
                ('answer', congress.core.sealed.SealedTextField(blank=True, max_length=3000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True)),
                ('given_up_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='members.application')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'question',
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True), ('given_up_at__isnull', True)), fields=('application',), name='members_question_one_open'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='members_question_not_empty'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='members_question_answered')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=1000)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('introduction', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='recommendation', to='members.introduction')),
            ],
            options={
                'verbose_name': 'recommendation',
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='members_recommendation_text')],
            },
        ),
        migrations.CreateModel(
            name='Recovery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('mailed_digest', models.CharField(blank=True, max_length=64)),
                ('stop_digests', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), blank=True, default=list, size=None)),
                ('wrong_count', models.PositiveSmallIntegerField(default=0)),
                ('proved_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ending', models.CharField(blank=True, choices=[('done', 'the factors were taken away'), ('cancelled', 'somebody said no'), ('failed', 'too many wrong codes'), ('expired', 'nobody typed the code in time')], max_length=12)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recoveries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'recovery',
                'verbose_name_plural': 'recoveries',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('member',), name='members_recovery_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ending', '')), models.Q(('ended_at__isnull', False), ('ending__in', ['done', 'cancelled', 'failed', 'expired'])), _connector='OR'), name='members_recovery_ended'), models.CheckConstraint(condition=models.Q(models.Q(('ending', 'done'), _negated=True), ('ended_at__gte', django.db.models.expressions.CombinedExpression(models.F('proved_at'), '+', models.Value(dt.timedelta(days=1)))), _connector='OR'), name='members_recovery_delay'), models.CheckConstraint(condition=models.Q(('reminded_at__isnull', True), ('proved_at__isnull', False), _connector='OR'), name='members_recovery_reminded')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('shown_at', models.DateTimeField(null=True)),
                ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recovery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='members.recovery')),
            ],
            options={
                'verbose_name': 'share of a recovery',
                'constraints': [models.UniqueConstraint(fields=('recovery', 'helper'), name='members_recoveryshare_once_each'), models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('shown_at__isnull', True)), models.Q(('helper__isnull', False), ('shown_at__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='members_recoveryshare_shown')],
            },
        ),
        migrations.CreateModel(
            name='RememberedDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('proof', models.CharField(max_length=64)),
                ('user_agent', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remembered_devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'remembered browser',
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(dt.timedelta(days=14))))), name='members_remembereddevice_span')],
            },
        ),
        migrations.CreateModel(
            name='Reopening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('origin', models.CharField(choices=[('objection', 'an objection was upheld'), ('appeal', 'the applicant appealed'), ('sponsor', 'a sponsor took back their word')], max_length=16)),
                ('text', congress.core.sealed.SealedTextField(blank=True, max_length=2000)),
                ('reopened_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reopenings', to='members.application')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reopening',
                'constraints': [models.UniqueConstraint(fields=('application', 'round'), name='members_reopening_once'), models.UniqueConstraint(condition=models.Q(('origin', 'appeal')), fields=('application',), name='members_reopening_one_appeal'), models.CheckConstraint(condition=models.Q(('round__gt', 1)), name='members_reopening_round')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('introduction', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='members.introduction')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='members.message')),
                ('need', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='members.need')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'report',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('introduction__isnull', True), ('message__isnull', False), ('need__isnull', True)), models.Q(('introduction__isnull', True), ('message__isnull', True), ('need__isnull', False)), models.Q(('introduction__isnull', False), ('message__isnull', True), ('need__isnull', True)), _connector='OR'), name='members_report_one'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='members_report_settled'), models.UniqueConstraint(fields=('message', 'by'), name='members_report_once_message'), models.UniqueConstraint(fields=('need', 'by'), name='members_report_once_need'), models.UniqueConstraint(fields=('introduction', 'by'), name='members_report_once_introduction')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('vetting_reviewer', 'Vetting reviewer'), ('vetting_lead', 'Vetting lead'), ('organiser', 'Organiser'), ('analyst', 'Analyst'), ('compliance_officer', 'Compliance officer'), ('publisher', 'Publisher'), ('focal_point', 'Focal point'), ('auditor', 'Auditor'), ('administrator', 'Administrator')], max_length=24)),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_grants', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'role grant',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('member', 'role'), name='members_rolegrant_open'), models.CheckConstraint(condition=models.Q(('granted_by', models.F('member')), _negated=True), name='members_rolegrant_not_self'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('begins_at')), _connector='OR'), name='members_rolegrant_span')],
            },
        ),
        migrations.CreateModel(
            name='RoleProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('vetting_reviewer', 'Vetting reviewer'), ('vetting_lead', 'Vetting lead'), ('organiser', 'Organiser'), ('analyst', 'Analyst'), ('compliance_officer', 'Compliance officer'), ('publisher', 'Publisher'), ('focal_point', 'Focal point'), ('auditor', 'Auditor'), ('administrator', 'Administrator')], max_length=24)),
                ('ends_at', models.DateTimeField()),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('grant', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='members.rolegrant')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_proposals', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'role proposal',
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('member', 'role'), name='members_roleproposal_one_open'), models.CheckConstraint(condition=models.Q(('proposed_by', models.F('member')), _negated=True), name='members_roleproposal_not_self'), models.CheckConstraint(condition=models.Q(('grant__isnull', True), models.Q(models.Q(('decided_by', models.F('proposed_by')), _negated=True), models.Q(('decided_by', models.F('member')), _negated=True)), _connector='OR'), name='members_roleproposal_four_eyes'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('grant__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='members_roleproposal_decided'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('proposed_at'))), name='members_roleproposal_span')],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('query', models.CharField(blank=True, max_length=2000)),
                ('saved_at', models.DateTimeField()),
                ('looked_on', models.DateField()),
                ('seen_count', models.PositiveIntegerField(default=0)),
                ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved search',
                'verbose_name_plural': 'saved searches',
                'ordering': ['name'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('member', 'name'), name='members_savedsearch_once')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('sector', models.CharField(blank=True, choices=[('law_enforcement', 'Law enforcement'), ('government', 'Government'), ('international_organisation', 'International organisation'), ('industry', 'Industry'), ('academia', 'Academia')], max_length=32, verbose_name='sector')),
                ('region', models.CharField(blank=True, choices=[('africa', 'Africa'), ('americas', 'Americas'), ('asia_south_pacific', 'Asia and South Pacific'), ('europe', 'Europe'), ('middle_east_north_africa', 'Middle East and North Africa')], max_length=32, verbose_name='region')),
                ('closed_on', models.DateField(null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='members.group')),
            ],
            options={
                'verbose_name': 'seat',
                'constraints': [models.CheckConstraint(condition=models.Q(('sector__in', ['', 'law_enforcement', 'government', 'international_organisation', 'industry', 'academia'])), name='members_seat_sector'), models.CheckConstraint(condition=models.Q(('region__in', ['', 'africa', 'americas', 'asia_south_pacific', 'europe', 'middle_east_north_africa'])), name='members_seat_region'), models.UniqueConstraint(fields=('id', 'group'), name='members_seat_of_group')],
            },
        ),
        migrations.CreateModel(
            name='Sponsor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('organisation_name', models.CharField(blank=True, max_length=200, verbose_name='organisation')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('authz_epoch', models.PositiveIntegerField(null=True)),
                ('state', models.CharField(choices=[('named', 'named, not asked yet'), ('asked', 'asked'), ('attested', 'vouched'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='named', max_length=12)),
                ('token_digest', models.CharField(blank=True, max_length=64)),
                ('asked_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('attestations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('knows', 'I know the applicant personally, and the name above is theirs.'), ('works_there', 'I know that they work for this organisation, in this position.'), ('has_the_task', 'Their work is to keep chemicals from being misused.'), ('trusts', 'I would share sensitive information with them.'), ('met', 'I have met them in person more than once.'), ('worked_together', 'We have worked together in the last two years.')], max_length=16), blank=True, default=list, size=None)),
                ('comment', congress.core.sealed.SealedTextField(blank=True, max_length=2000, verbose_name='comment')),
                ('withdrawal_reason', congress.core.sealed.SealedTextField(blank=True, max_length=2000, verbose_name='reason')),
                ('reminded_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sponsors', to='members.application')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sponsorships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'sponsor',
                'constraints': [models.UniqueConstraint(condition=models.Q(('token_digest', ''), _negated=True), fields=('token_digest',), name='members_sponsor_token'), models.CheckConstraint(condition=models.Q(('state__in', ['named', 'asked', 'attested', 'declined', 'withdrawn'])), name='members_sponsor_state'), models.CheckConstraint(condition=models.Q(models.Q(('asked_at__isnull', True), ('state', 'named')), ('asked_at__isnull', False), _connector='OR'), name='members_sponsor_asked'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state__in', ['named', 'asked'])), models.Q(models.Q(('state__in', ['named', 'asked']), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='members_sponsor_answered'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'attested'), _negated=True), ('attestations__contains', ['knows', 'works_there', 'has_the_task', 'trusts']), _connector='OR'), name='members_sponsor_attested'), models.UniqueConstraint(models.F('application'), django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='members_sponsor_once'), models.CheckConstraint(condition=models.Q(('state', 'named'), models.Q(models.Q(('name', ''), _negated=True), models.Q(('organisation_name', ''), _negated=True), models.Q(('email', ''), _negated=True)), _connector='OR'), name='members_sponsor_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawal_reason', ''), ('withdrawn_at__isnull', True)), _connector='OR'), name='members_sponsor_withdrawn')],
            },
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing_before', models.CharField(choices=[('applicant', 'applicant'), ('provisional', 'provisional member'), ('member', 'member'), ('lapsed', 'lapsed'), ('suspended', 'suspended'), ('former', 'former member')], max_length=12)),
                ('reason', congress.core.sealed.SealedTextField(max_length=2000, verbose_name='reason')),
                ('begun_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suspensions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'suspension',
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('member',), name='members_suspension_one_open'), models.CheckConstraint(condition=models.Q(('begun_by', models.F('member')), _negated=True), name='members_suspension_not_self'), models.CheckConstraint(condition=models.Q(('lifted_by', models.F('member')), _negated=True), name='members_suspension_not_lifted_by_self'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begun_at'))), name='members_suspension_span'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='members_suspension_reasoned')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('is_chair', models.BooleanField(default=False, verbose_name='chair')),
                ('begins_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('reminded_days', models.PositiveSmallIntegerField(null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='members.group')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to=settings.AUTH_USER_MODEL)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='members.seat')),
            ],
            options={
                'verbose_name': 'term',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='members_term_span'), models.CheckConstraint(condition=models.Q(('reminded_days__isnull', True), ('reminded_days__in', (90, 30)), _connector='OR'), name='members_term_reminded'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('group', '='), ('member', '='), (models.Func('begins_on', 'ends_on', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='members_term_one_of_member'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('seat', '='), (models.Func('begins_on', 'ends_on', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='members_term_one_of_seat'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('is_chair', True)), expressions=[('group', '='), (models.Func('begins_on', 'ends_on', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='members_term_one_chair')],
            },
        ),
        migrations.CreateModel(
            name='SeatProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('is_chair', models.BooleanField(default=False)),
                ('begins_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seat_proposals', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='members.seat')),
                ('term', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='members.term')),
            ],
            options={
                'verbose_name': 'proposal for a seat',
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('seat', 'member'), name='members_seatproposal_one_open'), models.CheckConstraint(condition=models.Q(('proposed_by', models.F('member')), _negated=True), name='members_seatproposal_not_self'), models.CheckConstraint(condition=models.Q(('term__isnull', True), models.Q(models.Q(('decided_by', models.F('proposed_by')), _negated=True), models.Q(('decided_by', models.F('member')), _negated=True)), _connector='OR'), name='members_seatproposal_four_eyes'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('term__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='members_seatproposal_decided'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('begins_on'))), name='members_seatproposal_span')],
            },
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='profile', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('position', models.CharField(blank=True, max_length=160, verbose_name='position')),
                ('city', models.CharField(blank=True, max_length=100, verbose_name='city')),
                ('biography', models.TextField(blank=True, max_length=2000, verbose_name='about')),
                ('expertise', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), blank=True, default=list, size=None)),
                ('confirmed_on', models.DateField(blank=True, null=True)),
                ('other_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('biography_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('city_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('email_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('expertise_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('languages_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('other_names_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('position_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('topics_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('trusted_groups', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('meetings_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('seats_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('sessions_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('time_zone', models.CharField(blank=True, max_length=40, verbose_name='time zone')),
                ('time_zone_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('photograph', models.CharField(blank=True, max_length=12)),
                ('photograph_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
                ('photograph_large', models.CharField(blank=True, max_length=64)),
                ('photograph_small', models.CharField(blank=True, max_length=64)),
                ('notices_audience', models.CharField(blank=True, choices=[('network', 'everyone in the network'), ('sector', 'people of my sector'), ('country', 'people of my country'), ('meeting', 'people with a seat at a meeting of mine'), ('groups', 'people who sit in a group that I name'), ('officers', 'officers of the network only')], default='', max_length=8)),
            ],
            options={
                'verbose_name': 'profile',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['expertise'], name='members_profile_expertise'), django.contrib.postgres.indexes.GinIndex(fields=['languages'], name='members_profile_languages'), django.contrib.postgres.indexes.GinIndex(fields=['trusted_groups'], name='members_profile_trusted_groups')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('photograph', ''), ('photograph_large', ''), ('photograph_small', '')), models.Q(('photograph', ''), ('photograph_large', ''), ('photograph_small', ''), _connector='OR', _negated=True), _connector='OR'), name='members_profile_photograph'), models.CheckConstraint(condition=models.Q(('biography_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('city_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('email_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('expertise_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('languages_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('meetings_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('notices_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('other_names_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('photograph_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('position_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('seats_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('sessions_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('time_zone_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers']), ('topics_audience__in', ['', 'network', 'sector', 'country', 'meeting', 'groups', 'officers'])), name='members_profile_audiences')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=congress.core.identifiers.public_id, editable=False, max_length=12, unique=True)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('proof', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('last_used_at', models.DateTimeField(null=True)),
                ('last_used_from', models.GenericIPAddressField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'token',
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(dt.timedelta(days=90))))), name='members_apitoken_span'), models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['directory:read', 'network:read']), ('scopes__len__gt', 0)), name='members_apitoken_scopes')],
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('blocked', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'block',
                'constraints': [models.UniqueConstraint(fields=('member', 'blocked'), name='members_block_once'), models.CheckConstraint(condition=models.Q(('member', models.F('blocked')), _negated=True), name='members_block_other')],
            },
        ),
        migrations.CreateModel(
            name='Callback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('reached', congress.core.sealed.SealedTextField(blank=True, max_length=200, verbose_name='who answered')),
                ('number', congress.core.sealed.SealedTextField(max_length=40, verbose_name='number')),
                ('number_source', models.CharField(choices=[('public', 'the organisation’s public site, or a directory'), ('network', 'the network’s own records'), ('authority', 'an authority or embassy'), ('applicant', 'the applicant')], max_length=16, verbose_name='where the number comes from')),
                ('outcome', models.CharField(choices=[('confirmed', 'confirmed'), ('not_reached', 'nobody reached'), ('denied', 'not confirmed')], max_length=16, verbose_name='outcome')),
                ('called_at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='callbacks', to='members.application')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'call-back',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'confirmed'), _negated=True), models.Q(('reached', ''), _negated=True), _connector='OR'), name='members_callback_reached'), models.CheckConstraint(condition=models.Q(('called_at__lte', models.F('recorded_at'))), name='members_callback_over')],
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('item', models.CharField(choices=[('identity', 'The name is that of a person who really works in the field'), ('body', 'The organisation exists and does what the application says'), ('address', 'The address belongs to the organisation'), ('namesakes', 'Earlier applications and people of the same name were looked at'), ('task', 'The work meets the network’s task'), ('independent', 'I read the application itself, not only my colleague’s notes'), ('call', 'The number that was rung was found independently of the applicant')], max_length=16)),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('beside', 'Does not apply')], max_length=8)),
                ('answered_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='members.application')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'check',
                'constraints': [models.UniqueConstraint(fields=('application', 'round', 'item'), name='members_check_once'), models.CheckConstraint(condition=models.Q(('answer__in', ['yes', 'no', 'beside'])), name='members_check_answer')],
            },
        ),
        migrations.CreateModel(
            name='Completion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('module', models.CharField(choices=[('identity', 'Identity'), ('affiliation', 'Organisation'), ('code_of_conduct', 'Code of conduct'), ('profile', 'Profile'), ('second_factor', 'Second factor')], max_length=16)),
                ('completed_at', models.DateTimeField()),
                ('version', models.CharField(blank=True, max_length=16)),
                ('expires_on', models.DateField()),
                ('warned_days', models.PositiveSmallIntegerField(null=True)),
                ('completed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='completions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'completion',
                'constraints': [models.UniqueConstraint(fields=('member', 'module'), name='members_completion_once'), models.CheckConstraint(condition=models.Q(('module__in', ['identity', 'affiliation', 'code_of_conduct', 'profile', 'second_factor'])), name='members_completion_module'), models.CheckConstraint(condition=models.Q(models.Q(('module', 'code_of_conduct'), models.Q(('version', ''), _negated=True)), models.Q(models.Q(('module', 'code_of_conduct'), _negated=True), ('version', '')), _connector='OR'), name='members_completion_version'), models.CheckConstraint(condition=models.Q(('warned_days__isnull', True), ('warned_days__in', (30, 14, 3)), _connector='OR'), name='members_completion_warned')],
            },
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('nominated_at__isnull', True), ('nominated_by__isnull', True)), models.Q(('nominated_at__isnull', False), ('nominated_by__isnull', False), ('organisation__isnull', False)), _connector='OR'), name='members_application_nominated'),
        ),
        migrations.RunSQL(FOLLOW + COMPARE, TAKE_BACK),
        migrations.RunSQL(SAME_GROUP, "ALTER TABLE members_term DROP CONSTRAINT members_term_of_seat;"),
    ]
