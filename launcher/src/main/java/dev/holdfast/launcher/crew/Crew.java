package dev.holdfast.launcher.crew;

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
import dev.holdfast.commerce.fraud.RuleBook;
import dev.holdfast.commerce.inventory.InventoryAgent;
import dev.holdfast.commerce.inventory.InventoryProtocol.InventoryCommand;
import dev.holdfast.commerce.order.OrderAgent;
import dev.holdfast.commerce.order.OrderProtocol.OrderCommand;
import dev.holdfast.commerce.payment.PaymentAgent;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentCommand;
import dev.holdfast.commerce.product.ProductAgent;
import dev.holdfast.commerce.product.ProductProtocol.ProductCommand;
import dev.holdfast.commerce.transport.CarrierBook;
import dev.holdfast.commerce.transport.TransportAgent;
import dev.holdfast.commerce.transport.TransportProtocol.TransportCommand;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.recovery.Configuration;
import dev.holdfast.recovery.Configurations;
import dev.holdfast.supervision.ChildSpec;
import dev.holdfast.supervision.GroupSpec;
import dev.holdfast.supervision.Progress;
import dev.holdfast.supervision.SupervisionTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The agents of this process, as one readable list: each with its host, and how an instance is
 * made. A further agent is one line here, one folder, one migration.
 */
public final class Crew {
  /** All agents there are. */
  public static final List<String> NAMES =
      List.of(
          "order",
          "inventory",
          "product",
          "payment",
          "transport",
          "customer",
          "aftersales",
          "fraud");

  /** A proof's question is given up a little before its answer is. */
  private static final Duration PROOF = Duration.ofSeconds(3);

  private static final Duration PROOF_QUESTION = Duration.ofMillis(2_500);

  private final HostServices services;
  private final LaneSettings lanes;
  private final Configurations configurations;
  private final Map<String, AgentHost> hosts = new LinkedHashMap<>();
  private final List<ChildSpec> children = new ArrayList<>();

  /**
   * @param rules the shipped rules of fraud
   */
  public Crew(
      HostServices services,
      LaneSettings lanes,
      Database queries,
      Partners partners,
      Configurations configurations,
      RuleBook rules) {
    this.services = services;
    this.lanes = lanes;
    this.configurations = configurations;
    // In the order in which they start: those that others need first.
    add("product", (host, values) -> new ProductAgent(host, queries));
    add(
        "inventory",
        (host, values) -> new InventoryAgent(host, queries, AgentShapes.reorderPoint(values)));
    add("customer", (host, values) -> new CustomerAgent(host, queries));
    add("fraud", (host, values) -> new FraudAgent(host, queries, AgentShapes.fraud(rules, values)));
    add(
        "payment",
        (host, values) ->
            new PaymentAgent(
                host, queries, partners.guardedPayments(), AgentShapes.payment(values)));
    add(
        "transport",
        (host, values) ->
            new TransportAgent(
                host,
                queries,
                services.clock(),
                partners.guardedCarriers(),
                CarrierBook.shipped(),
                AgentShapes.transport(values)));
    add("order", (host, values) -> new OrderAgent(host, queries));
    add("aftersales", (host, values) -> new AftersalesAgent(host, queries));
  }

  /** The commands that rows may name. */
  public static MessageTypes types() {
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

  private void add(String name, BiFunction<AgentHost, Configuration, Agent<?, ?>> instance) {
    AgentHost host = new AgentHost(name, lanes, services);
    hosts.put(name, host);
    children.add(
        ChildSpec.of(name, () -> made(host, instance))
            .asCritical()
            .progressing(() -> new Progress(host.waiting(), host.answered() + host.failures()))
            .provenBy(() -> host.probe(Deadline.in(PROOF_QUESTION, services.clock())), PROOF));
  }

  /** With the configuration that is in force now. */
  private Agent<?, ?> made(
      AgentHost host, BiFunction<AgentHost, Configuration, Agent<?, ?>> instance) {
    Configuration values = configurations.current(host.name());
    host.limit(AgentShapes.lane(lanes, values));
    return instance.apply(host, values);
  }

  /** By name, in the order in which they start. */
  public Map<String, AgentHost> hosts() {
    return hosts;
  }

  /** The agents in their groups. */
  public SupervisionTree tree(Function<ChildSpec, GroupSpec> group) {
    return new SupervisionTree(children.stream().map(group).toList());
  }
}
