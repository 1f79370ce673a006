/**
 * What it is to be an agent: batches of commands through a lane, recorded replies, timers.
 *
 * <p>A host owns an agent's lane and outlives the agent's instances. The lane collects what waits,
 * runs it as one transaction, records each outcome under its command's id with the business rows
 * and the events, and answers the askers after the commit. Whoever asks again gets the recorded
 * outcome.
 */
package dev.holdfast.agent;
