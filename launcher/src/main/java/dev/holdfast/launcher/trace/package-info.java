/** Traces of the process: from its settings to the collector. */
package dev.holdfast.launcher.trace;
