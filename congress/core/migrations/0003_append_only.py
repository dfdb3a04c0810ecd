from django.db import migrations

FUNCTION = """
CREATE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""
TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change();
"""
# The tables as they are at this migration; later ones bring their own.
TABLES = ("core_entry", "core_seal")


class Migration(migrations.Migration):
    """Even the owner changes or deletes no entry by mistake; the application's role has no right to try."""

    dependencies = [("core", "0002_initial")]
    operations = [
        migrations.RunSQL(
            FUNCTION + "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(f"DROP TRIGGER {table}_append_only ON {table};" for table in TABLES)
            + "DROP FUNCTION core_refuse_change();",
        )
    ]
