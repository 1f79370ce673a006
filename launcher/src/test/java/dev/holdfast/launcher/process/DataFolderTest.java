package dev.holdfast.launcher.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path parent;

  @Test
  void a_second_owner_is_refused_in_one_sentence_that_names_the_first() {
    Path path = parent.resolve("data");
    try (DataFolder first = DataFolder.take(path)) {
      String sentence = assertThrows(Complaint.class, () -> DataFolder.take(path)).getMessage();
      assertTrue(sentence.contains("process " + ProcessHandle.current().pid()), sentence);
      assertTrue(sentence.contains(first.path().toString()), sentence);
    }
  }

  @Test
  void a_folder_given_back_can_be_taken_again() {
    DataFolder.take(parent).close();
    try (DataFolder again = DataFolder.take(parent)) {
      assertEquals(parent, again.path());
    }
  }

  @Test
  void a_file_in_its_place_is_named() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    String sentence = assertThrows(Complaint.class, () -> DataFolder.take(file)).getMessage();
    assertTrue(sentence.contains(file.toString()), sentence);
  }
}
