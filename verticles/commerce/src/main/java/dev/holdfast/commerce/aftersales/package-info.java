/** Returns. */
package dev.holdfast.commerce.aftersales;
