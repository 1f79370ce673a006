/**
 * What it is to be an agent: batches of commands through a lane, recorded replies, timers. Every
 * command is a span from its arrival to its answer, every transaction one below its first command.
 *
 * <p>A host owns an agent's lane and outlives the agent's instances. The lane collects what waits,
 * runs it as one transaction, records each outcome under its command's id with the business rows
 * and the events, and answers the askers after the commit. Whoever asks again gets the recorded
 * outcome.
 *
 * <p>What a command's continuation asks next follows in the same transaction when its agent is in
 * this process ({@code Chain}): other agents' batches behind the lane's own, each with its own
 * statements, events and replies. Such a link is to its agent what a lane of another node would be:
 * rows and replies guard it, not the queue. It ends before a call outside, whose settling then
 * begins the next chain in the lane of the agent that called. When a transaction with links fails
 * by anybody's fault, the lane's own batch is run again without them.
 *
 * <p>The work that a batch is decided on has the effect of every command that the lane knows to be
 * recorded. What an undo takes back is looked up before and after the loading; when it was recorded
 * in between, by another node, the batch is run again. Agents need not look twice.
 */
package dev.holdfast.agent;
