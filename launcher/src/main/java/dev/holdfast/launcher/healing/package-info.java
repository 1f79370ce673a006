/**
 * How agents that fall again and again are healed: the rungs and the reactions of {@code
 * dev.holdfast.recovery}, bound to the hosts, pools and guards of this process.
 *
 * <p>{@link dev.holdfast.launcher.healing.Recovery} puts them together; {@link
 * dev.holdfast.launcher.healing.BlockedLoops} says when too many event loops are stuck for anything
 * but a new process.
 */
package dev.holdfast.launcher.healing;
