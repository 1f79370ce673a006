/** Authorising, capturing, voiding and refunding. */
package dev.holdfast.commerce.payment;
