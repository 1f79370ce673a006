/** PostgreSQL: pools, transactions, connections that can be cut, migrations and node leases. */
package dev.holdfast.postgres;
