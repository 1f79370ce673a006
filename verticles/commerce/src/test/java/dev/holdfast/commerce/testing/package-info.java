/** What tests of single agents stand on: their schema, and batches driven as a lane drives them. */
package dev.holdfast.commerce.testing;
