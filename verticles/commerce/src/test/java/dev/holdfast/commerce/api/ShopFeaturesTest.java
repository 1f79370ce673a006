package dev.holdfast.commerce.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.degradation.Feature;
import dev.holdfast.degradation.Feature.Kind;
import dev.holdfast.degradation.Mode;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ShopFeaturesTest {
  private final List<Feature> all = ShopFeatures.all();

  @Tag("E-062")
  @Test
  void every_operation_of_the_contract_belongs_to_one_feature_of_its_kind() throws Exception {
    Vertx vertx = Vertx.vertx();
    Map<String, ApiOperation> operations =
        ApiContract.load(vertx).await(60, TimeUnit.SECONDS).operations();
    vertx.close().await(10, TimeUnit.SECONDS);
    Map<String, Feature> owners = new HashMap<>();
    for (Feature feature : all) {
      for (String operation : feature.operations()) {
        assertEquals(null, owners.put(operation, feature), operation);
      }
    }
    assertEquals(operations.keySet(), owners.keySet());
    operations.forEach(
        (id, operation) ->
            assertEquals(operation.changes(), owners.get(id).kind() != Kind.READS, id));
  }

  @Test
  void no_write_of_the_api_is_off_for_want_of_a_broker() {
    all.stream()
        .filter(feature -> feature.kind() != Kind.READS)
        .forEach(
            feature -> assertTrue(feature.lowest().compareTo(Mode.DEGRADED) >= 0, feature.name()));
  }

  @Test
  void orders_are_taken_and_shown_to_the_last() {
    assertEquals(
        List.of("place_order", "order_status", "product_status"),
        all.stream()
            .filter(feature -> feature.lowest() == Mode.EMERGENCY)
            .map(Feature::name)
            .toList());
  }
}
