package dev.holdfast.launcher.days;

import dev.holdfast.postgres.PostgresLogin;

/**
 * Where the books are: our own and those of the partners.
 *
 * @param own our database
 * @param provider the payment provider's own
 * @param carriers the carriers' own
 */
public record Ledgers(PostgresLogin own, PostgresLogin provider, PostgresLogin carriers) {}
