package io.clientele.files;

import io.clientele.error.ApiError;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What an operation takes.
 *
 * @param files how many files at most
 * @param bytes how long each may be
 * @param tooMany what more files are answered with
 * @param tooLarge what a longer file is answered with
 * @param broken what a body that is no form is answered with
 * @param check looks at each content before it is kept; throws what is wrong with it
 */
public record UploadLimits(
    int files,
    long bytes,
    ApiError tooMany,
    ApiError tooLarge,
    ApiError broken,
    Consumer<Path> check) {}
