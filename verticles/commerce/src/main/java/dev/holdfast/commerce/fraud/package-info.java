/** How risky an order is. */
package dev.holdfast.commerce.fraud;
