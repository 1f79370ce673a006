/** Orders from their entry to their delivery. */
package dev.holdfast.commerce.order;
