package dev.holdfast.launcher.planted;

import dev.holdfast.degradation.Level;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Vertx;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * What planted bugs do. The bodies of the nested classes are copied to the beginning or the end of
 * the methods that they change, so they see what those see; the rest is called from there.
 */
@SuppressWarnings("UnusedVariable") // what is assigned here is used by the changed method
public final class PlantedCode {
  private static final Duration STATEMENT = Duration.ofSeconds(5);
  private static final long FORGOTTEN_TIMER_MS = 3_500;

  private PlantedCode() {}

  static final class OnAnotherConnection {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(value = 0, readOnly = false) Tx tx, @Advice.Argument(1) String agent) {
      tx = agent.equals("order") ? outside(tx) : tx;
    }
  }

  static final class CommittableAtOnce {
    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(0) long offset,
        @Advice.FieldValue(value = "committable", readOnly = false) long committable) {
      committable = offset + 1;
    }
  }

  static final class UndoneOnceMore {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.This Object batch,
        @Advice.Argument(0) Object work,
        @Advice.Argument(1) Object command,
        @Advice.Argument(2) CommandId id,
        @Advice.Argument(3) Map<?, ?> known) {
      if (known.containsKey(id)) {
        undoOnceMore(batch, work, command, id, known);
      }
    }
  }

  static final class ReleasedIsStillHeld {
    @Advice.OnMethodExit
    static void exit(
        @Advice.FieldValue("state") Object state, @Advice.Return(readOnly = false) boolean active) {
      active = active || state.toString().equals("RELEASED");
    }
  }

  static final class NothingIsHandedOver {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) List<?> events) {
      events = List.of();
    }
  }

  static final class TimerStays {
    @Advice.OnMethodExit
    static void exit(
        @Advice.This Object run, @Advice.Argument(0) Object wait, @Advice.Argument(1) int at) {
      leaveTimer(run, wait, at);
    }
  }

  static final class AlwaysFull {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) Level level) {
      level = Level.FULL;
    }
  }

  /** Constant text of a method, changed. */
  record OtherWords(String before, String after) implements MethodVisitorWrapper {
    @Override
    public MethodVisitor wrap(
        TypeDescription type,
        MethodDescription method,
        MethodVisitor visitor,
        Implementation.Context context,
        TypePool types,
        int writerFlags,
        int readerFlags) {
      return new MethodVisitor(OpenedClassReader.ASM_API, visitor) {
        @Override
        public void visitLdcInsn(Object constant) {
          super.visitLdcInsn(
              constant instanceof String text ? text.replace(before, after) : constant);
        }
      };
    }
  }

  /** Statements that are committed one by one, by other connections of the same database. */
  public static Tx outside(Tx tx) {
    Database database = (Database) field(tx, "database");
    return (sql, arguments) ->
        database.query(Deadline.in(STATEMENT, Clock.system()), sql, arguments);
  }

  /** What is recorded is answered all the same, but what is done to the work is saved. */
  public static void undoOnceMore(
      Object batch, Object work, Object command, CommandId id, Map<?, ?> known) {
    boolean undo = (boolean) called(command, "isUndo");
    if (undo && field(batch, "agentName").equals("inventory")) {
      called(field(batch, "agent"), "decide", work, called(batch, "entry", command, id, known));
    }
  }

  /** Has the timer of a wait that is over go off later, on the run's own loop. */
  public static void leaveTimer(Object run, Object wait, int at) {
    if (called(wait, "atMost") != null) {
      Refusal late = (Refusal) called(wait, "late");
      Vertx.currentContext()
          .owner()
          .setTimer(FORGOTTEN_TIMER_MS, timer -> called(run, "turnBack", at, late));
    }
  }

  private static Object field(Object of, String name) {
    for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          try {
            return field.get(of);
          } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
          }
        }
      }
    }
    throw new IllegalArgumentException(of.getClass() + " has no field " + name);
  }

  private static Object called(Object on, String name, Object... arguments) {
    for (Method method : on.getClass().getDeclaredMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
        method.setAccessible(true);
        try {
          return method.invoke(on, arguments);
        } catch (ReflectiveOperationException broken) {
          throw new IllegalStateException(name + " cannot be called", broken);
        }
      }
    }
    throw new IllegalArgumentException(on.getClass() + " has no method " + name);
  }
}
