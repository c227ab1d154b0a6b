/// Rows that a migration inserts with ids of its own choice leave PostgreSQL's sequence behind, and the next insert would
/// take one of those ids again. SQLite's AUTOINCREMENT goes on after the largest by itself.
enum PostgresIdentities {
    static let catchUp = """
        DO $$
        DECLARE
            identity record;
            largest bigint;
        BEGIN
            FOR identity IN
                SELECT format('%I', table_name) AS relation, format('%I', column_name) AS field, table_name, column_name
                FROM information_schema.columns
                WHERE table_schema = current_schema() AND is_identity = 'YES'
            LOOP
                EXECUTE format('SELECT max(%s) FROM %s', identity.field, identity.relation) INTO largest;
                IF largest IS NOT NULL THEN
                    PERFORM setval(
                        pg_get_serial_sequence(identity.relation, identity.column_name),
                        greatest(largest, nextval(pg_get_serial_sequence(identity.relation, identity.column_name)) - 1));
                END IF;
            END LOOP;
        END $$;
        """
}
