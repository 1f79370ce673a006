package dev.holdfast.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.holdfast.embedded.KafkaProcess;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, KafkaExtension.class})
class TestServersIT {
  @Test
  void a_test_class_has_an_empty_database_of_its_own(TestDatabase database) {
    try (TestDatabase other = TestDatabase.create(PostgresExtension.server())) {
      assertNotEquals(database.name(), other.name());
      database.execute("CREATE TABLE mine (id int)");
      assertEquals(0, other.number("SELECT count(*) FROM pg_tables WHERE tablename = 'mine'"));
      assertEquals(1, database.number("SELECT count(*) FROM pg_tables WHERE tablename = 'mine'"));
    }
  }

  @Test
  void the_platforms_client_understands_the_broker(KafkaProcess broker) throws Exception {
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
      assertEquals(1, admin.describeCluster().nodes().get(20, TimeUnit.SECONDS).size());
    }
  }
}
