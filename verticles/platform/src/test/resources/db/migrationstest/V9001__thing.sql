CREATE TABLE migrationstest.thing (id int PRIMARY KEY);
GRANT SELECT, INSERT ON migrationstest.thing TO holdfast_app;
