-- Lower than versions of other owners that may have been applied before.
CREATE SCHEMA migrationstest;
GRANT USAGE ON SCHEMA migrationstest TO holdfast_app;
