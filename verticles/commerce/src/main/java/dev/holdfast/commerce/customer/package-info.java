/** Who the customers are. */
package dev.holdfast.commerce.customer;
