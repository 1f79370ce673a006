/**
 * What is offered while PostgreSQL is away: the journal of intents with its care and its drain, and
 * snapshots of answers.
 */
package dev.holdfast.launcher.fallback;
