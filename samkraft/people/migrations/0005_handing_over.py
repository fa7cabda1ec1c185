"""A disclosure is an act: the owning area hands one version of one thing to one other area, on a basis that stands now.

The copy is made here, from the row itself, so that nothing else can be handed over than what was written. Taking a
consent back ends the basis at that moment: a release that was waiting for it finds that it no longer stands.
"""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

FORWARD = """
-- What is already written keeps its author: a lineage has one author area and one person, in every area that holds it.
CREATE FUNCTION people_one_author() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_contribution c WHERE c.area_id = NEW.area_id AND c.lineage = NEW.lineage
               AND (c.author_area_id <> NEW.author_area_id OR c.person_id <> NEW.person_id OR c.kind <> NEW.kind)) THEN
        PERFORM people_refuse('not_your_words');
    END IF;
    IF NEW.enrolment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_enrolment e WHERE e.id = NEW.enrolment_id
               AND e.person_id = NEW.person_id) THEN PERFORM people_refuse('not_on_case'); END IF;
    RETURN NULL;
END $$;

-- A reference to something that the receiver neither holds nor is given on a standing basis would tell that it exists.
CREATE FUNCTION people_is_told(source people_contribution, to_area uuid, referred text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people_contribution c WHERE c.person_id = source.person_id AND c.area_id = to_area
                   AND c.lineage::text = referred)
        OR EXISTS (SELECT 1 FROM people_contribution c JOIN people_category k ON k.code = c.category
                   JOIN people_consentscope s ON s.person_id = c.person_id AND s.from_area_id = c.area_id
                    AND s.to_area_id = to_area AND s.category = c.category
                   WHERE c.person_id = source.person_id AND c.area_id = source.area_id AND c.lineage::text = referred
                     AND c.copy_of_id IS NULL AND k.release = 'standing' AND s.withdrawn_at IS NULL
                     AND s.period @> clock_timestamp())
$$;

CREATE FUNCTION people_told_content(source people_contribution, to_area uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE told jsonb := source.content; part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['rests_on', 'depends_on'] LOOP
        IF jsonb_typeof(told -> part) = 'array' THEN
            told := jsonb_set(told, ARRAY[part], (SELECT coalesce(jsonb_agg(r ORDER BY place), '[]')
                FROM jsonb_array_elements_text(told -> part) WITH ORDINALITY AS l (r, place)
                WHERE people_is_told(source, to_area, r)));
        END IF;
    END LOOP;
    FOREACH part IN ARRAY ARRAY['goal', 'need'] LOOP
        IF jsonb_typeof(told -> part) = 'string' AND NOT people_is_told(source, to_area, told ->> part) THEN
            told := told - part;
        END IF;
    END LOOP;
    RETURN told;
END $$;

CREATE FUNCTION people_copy(source people_contribution, to_area uuid, scope uuid, statute_code text, is_standing boolean)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE act uuid := gen_random_uuid();
BEGIN
    INSERT INTO people_disclosure (id, person_id, from_area_id, to_area_id, category, contribution_id, lineage, version,
            scope_id, statute, standing, disclosed_at, disclosed_by, disclosed_membership_id)
        SELECT act, source.person_id, source.area_id, to_area, source.category, source.id, source.lineage,
               source.version, scope, statute_code, is_standing, clock_timestamp(), u.name, me.membership_id
        FROM people_me() me JOIN partners_user u ON u.id = me.user_id
        ON CONFLICT (contribution_id, to_area_id) DO NOTHING;
    IF NOT FOUND THEN RETURN NULL; END IF;
    INSERT INTO people_contribution (id, area_id, person_id, enrolment_id, kind, category, lineage, version, content,
            voice, author_area_id, author_organisation_id, author_membership_id, author_name, author_role, occurred_at,
            written_at, withheld_ground, withheld_by, copy_of_id, disclosure_id)
        VALUES (gen_random_uuid(), to_area, source.person_id, source.enrolment_id, source.kind, source.category,
            source.lineage, source.version, people_told_content(source, to_area), source.voice, source.author_area_id,
            source.author_organisation_id, source.author_membership_id, source.author_name, source.author_role,
            source.occurred_at, source.written_at, source.withheld_ground, source.withheld_by, source.id, act);
    RETURN act;
END $$;

-- One version of one thing, by an officer who chose to: on a consent for the pair and category, or on a statute.
CREATE FUNCTION people_release(contribution uuid, to_area uuid, scope uuid, statute_code text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; source people_contribution%ROWTYPE;
BEGIN
    SELECT * INTO me FROM people_me();
    SELECT * INTO source FROM people_contribution c WHERE c.id = contribution AND c.area_id = me.area_id
        AND c.category IN (SELECT people_reads());
    IF source.id IS NULL THEN PERFORM people_refuse('not_on_case'); END IF;
    PERFORM people_require_lasting(source.person_id);
    IF source.copy_of_id IS NOT NULL THEN PERFORM people_refuse('not_yours_to_hand_over'); END IF;
    IF to_area = me.area_id THEN PERFORM people_refuse('same_area'); END IF;
    IF (SELECT release FROM people_category WHERE code = source.category) = 'never' THEN
        PERFORM people_refuse('never_leaves');
    END IF;
    IF statute_code <> '' THEN
        IF NOT EXISTS (SELECT 1 FROM people_statute s, partners_secrecyarea f, partners_secrecyarea t
            WHERE s.code = statute_code AND f.id = me.area_id AND t.id = to_area AND f.code = ANY (s.from_areas)
              AND t.code = ANY (s.to_areas) AND source.category = ANY (s.categories) AND s.since_date <= CURRENT_DATE
              AND (s.until_date IS NULL OR s.until_date > CURRENT_DATE)) THEN
            PERFORM people_refuse('no_basis');
        END IF;
        RETURN people_copy(source, to_area, NULL, statute_code, false);
    END IF;
    PERFORM 1 FROM people_consentscope s WHERE s.id = scope AND s.person_id = source.person_id
        AND s.from_area_id = me.area_id AND s.to_area_id = to_area AND s.category = source.category
        AND s.withdrawn_at IS NULL AND s.period @> clock_timestamp() FOR SHARE;
    IF NOT FOUND THEN PERFORM people_refuse('no_basis'); END IF;
    RETURN people_copy(source, to_area, scope, '', false);
END $$;

-- A new version in a standing category, to each area that has a consent for it now. Says only to how many.
CREATE FUNCTION people_release_standing(contribution uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE source people_contribution%ROWTYPE; scope record; made integer := 0;
BEGIN
    SELECT c.* INTO source FROM people_contribution c JOIN people_me() me ON me.area_id = c.area_id
        JOIN people_category k ON k.code = c.category AND k.release = 'standing'
        WHERE c.id = contribution AND c.copy_of_id IS NULL;
    IF source.id IS NULL THEN RETURN 0; END IF;
    PERFORM people_require(source.person_id);
    FOR scope IN SELECT s.id, s.to_area_id FROM people_consentscope s
        WHERE s.person_id = source.person_id AND s.from_area_id = source.area_id AND s.category = source.category
          AND s.withdrawn_at IS NULL AND s.period @> clock_timestamp() ORDER BY s.id FOR SHARE LOOP
        IF people_copy(source, scope.to_area_id, scope.id, '', true) IS NOT NULL THEN made := made + 1; END IF;
    END LOOP;
    RETURN made;
END $$;

-- What already holds in a standing category when a consent for it is given: the latest version of each thing.
CREATE FUNCTION people_release_current(scope uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE basis people_consentscope%ROWTYPE; source people_contribution%ROWTYPE; made integer := 0;
BEGIN
    SELECT s.* INTO basis FROM people_consentscope s JOIN people_me() me ON me.area_id = s.from_area_id
        WHERE s.id = scope AND s.withdrawn_at IS NULL AND s.period @> clock_timestamp() FOR SHARE OF s;
    IF basis.id IS NULL THEN RETURN 0; END IF;
    PERFORM people_require_lasting(basis.person_id);
    IF (SELECT release FROM people_category WHERE code = basis.category) <> 'standing' THEN RETURN 0; END IF;
    FOR source IN SELECT DISTINCT ON (c.lineage) c.* FROM people_contribution c
        WHERE c.person_id = basis.person_id AND c.area_id = basis.from_area_id AND c.category = basis.category
          AND c.copy_of_id IS NULL ORDER BY c.lineage, c.version DESC LOOP
        IF people_copy(source, basis.to_area_id, basis.id, '', true) IS NOT NULL THEN made := made + 1; END IF;
    END LOOP;
    RETURN made;
END $$;

-- Either party may write down that the person takes it back. It ends now; what was received stays where it is.
CREATE FUNCTION people_withdraw(scopes uuid[], voice_said text, said_by text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; held people_consentscope%ROWTYPE; ended integer := 0;
BEGIN
    SELECT * INTO me FROM people_me();
    FOR held IN SELECT * FROM people_consentscope s WHERE s.id = ANY (scopes)
        AND me.area_id IN (s.from_area_id, s.to_area_id) AND s.person_id IN (SELECT people_cases())
        AND s.person_id NOT IN (SELECT people_hidden()) ORDER BY s.id FOR UPDATE LOOP
        IF held.withdrawn_at IS NULL AND upper(held.period) > clock_timestamp() THEN
            UPDATE people_consentscope SET withdrawn_at = clock_timestamp(), withdrawn_by = said_by,
                withdrawn_voice = voice_said,
                period = tstzrange(lower(period), greatest(clock_timestamp(), lower(period) + interval '1 microsecond'))
                WHERE id = held.id;
            ended := ended + 1;
        END IF;
    END LOOP;
    RETURN ended;
END $$;

-- After the policies have had their say: an earlier refusal would tell what other areas hold.
CREATE TRIGGER one_author AFTER INSERT ON people_contribution FOR EACH ROW EXECUTE FUNCTION people_one_author();
GRANT SELECT (name) ON partners_user TO samkraft_guard;
"""

INTERNAL = (
    "people_one_author()", "people_copy(people_contribution, uuid, uuid, text, boolean)",
    "people_is_told(people_contribution, uuid, text)", "people_told_content(people_contribution, uuid)",
)  # fmt: skip
FOR_THE_PRODUCT = (
    "people_release(uuid, uuid, uuid, text)", "people_release_standing(uuid)", "people_release_current(uuid)",
    "people_withdraw(uuid[], text, text)",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0004_protected_and_urgent")]
    operations = [
        migrations.RunSQL(
            FORWARD + owned(INTERNAL, FOR_THE_PRODUCT),
            "DROP TRIGGER one_author ON people_contribution;"
            + "".join(f"DROP FUNCTION {function};" for function in (*FOR_THE_PRODUCT, *INTERNAL)),
        )
    ]
