/**
 * Work that takes several agents: one file a workflow. A definition says which agent is asked for
 * what, in which order, how each step before the pivot is taken back, and what the requester is
 * answered; the runner does the rest.
 */
package dev.holdfast.commerce.workflows;
