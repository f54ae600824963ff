package io.clientele.files;

import io.clientele.error.ApiError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** Whether an uploaded content is an image, by what stands in it; its pixels are not decoded. */
public final class Images {
  /** More pixels than a photo may have: ten megapixels. */
  private static final long PIXELS = 10_000_000;

  private static final Map<String, String> TYPES =
      Map.of("png", "image/png", "jpeg", "image/jpeg", "gif", "image/gif", "bmp", "image/bmp");

  private Images() {}

  /**
   * Tells the content type of a photo.
   *
   * @param noImage what anything else than PNG, JPEG, GIF and BMP is answered with
   * @param tooLarge what more than ten megapixels are answered with, which it is told
   */
  public static Function<Path, Optional<String>> photo(
      ApiError noImage, LongFunction<ApiError> tooLarge) {
    return path -> {
      try (ImageInputStream input = new FileImageInputStream(path.toFile())) {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
        if (!readers.hasNext()) {
          throw noImage;
        }
        ImageReader reader = readers.next();
        try {
          reader.setInput(input, true, true);
          String type = TYPES.get(reader.getFormatName().toLowerCase(Locale.ROOT));
          if (type == null) {
            throw noImage;
          }
          long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
          if (pixels > PIXELS) {
            throw tooLarge.apply(pixels);
          }
          return Optional.of(type);
        } finally {
          reader.dispose();
        }
      } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
        throw noImage;
      }
    };
  }
}
