/**
 * The composition root: every part of the platform is made once, started in the order in which they
 * need one another, and stopped in reverse.
 */
package dev.holdfast.launcher.platform;
