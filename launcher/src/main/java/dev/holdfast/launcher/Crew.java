package dev.holdfast.launcher;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.HostServices;
import dev.holdfast.agent.LaneSettings;
import dev.holdfast.bus.MessageTypes;
import dev.holdfast.commerce.aftersales.AftersalesAgent;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.AftersalesCommand;
import dev.holdfast.commerce.customer.CustomerAgent;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerCommand;
import dev.holdfast.commerce.fraud.FraudAgent;
import dev.holdfast.commerce.fraud.FraudProtocol.FraudCommand;
import dev.holdfast.commerce.fraud.RuleBookFile;
import dev.holdfast.commerce.inventory.InventoryAgent;
import dev.holdfast.commerce.inventory.InventoryProtocol.InventoryCommand;
import dev.holdfast.commerce.order.OrderAgent;
import dev.holdfast.commerce.order.OrderProtocol.OrderCommand;
import dev.holdfast.commerce.payment.PaymentAgent;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentCommand;
import dev.holdfast.commerce.payment.PaymentSettings;
import dev.holdfast.commerce.product.ProductAgent;
import dev.holdfast.commerce.product.ProductProtocol.ProductCommand;
import dev.holdfast.commerce.transport.CarrierBook;
import dev.holdfast.commerce.transport.TransportAgent;
import dev.holdfast.commerce.transport.TransportProtocol.TransportCommand;
import dev.holdfast.commerce.transport.TransportSettings;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.supervision.ChildSpec;
import dev.holdfast.supervision.GroupSpec;
import dev.holdfast.supervision.SupervisionTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The agents of this process, as one readable list: each with its host, and how an instance is
 * made. A further agent is one line here, one folder, one migration.
 */
final class Crew {
  /** All agents there are. */
  static final List<String> NAMES =
      List.of(
          "order",
          "inventory",
          "product",
          "payment",
          "transport",
          "customer",
          "aftersales",
          "fraud");

  /** Low stock is told when free units fall to this. */
  private static final long REORDER_POINT = 10;

  private static final Duration PROOF = Duration.ofSeconds(3);

  private final HostServices services;
  private final LaneSettings lanes;
  private final Map<String, AgentHost> hosts = new LinkedHashMap<>();
  private final List<ChildSpec> children = new ArrayList<>();

  Crew(HostServices services, LaneSettings lanes, Database queries, Partners partners) {
    this.services = services;
    this.lanes = lanes;
    // In the order in which they start: those that others need first.
    add("product", host -> new ProductAgent(host, queries));
    add("inventory", host -> new InventoryAgent(host, queries, REORDER_POINT));
    add("customer", host -> new CustomerAgent(host, queries));
    add("fraud", host -> new FraudAgent(host, queries, RuleBookFile.shipped()));
    add(
        "payment",
        host ->
            new PaymentAgent(
                host, queries, partners.guardedPayments(), PaymentSettings.standard()));
    add(
        "transport",
        host ->
            new TransportAgent(
                host,
                queries,
                services.clock(),
                partners.guardedCarriers(),
                CarrierBook.shipped(),
                TransportSettings.standard()));
    add("order", host -> new OrderAgent(host, queries));
    add("aftersales", host -> new AftersalesAgent(host, queries));
  }

  /** The commands that rows may name. */
  static MessageTypes types() {
    return MessageTypes.of(
        ProductCommand.class,
        InventoryCommand.class,
        CustomerCommand.class,
        FraudCommand.class,
        PaymentCommand.class,
        TransportCommand.class,
        OrderCommand.class,
        AftersalesCommand.class);
  }

  private void add(String name, Function<AgentHost, Agent<?, ?>> instance) {
    AgentHost host = new AgentHost(name, lanes, services);
    hosts.put(name, host);
    children.add(
        ChildSpec.of(name, () -> instance.apply(host))
            .asCritical()
            .provenBy(() -> host.probe(Deadline.in(PROOF, services.clock())), PROOF));
  }

  /** By name, in the order in which they start. */
  Map<String, AgentHost> hosts() {
    return hosts;
  }

  /** Each agent a group of its own. */
  SupervisionTree tree() {
    return new SupervisionTree(children.stream().map(GroupSpec::alone).toList());
  }
}
