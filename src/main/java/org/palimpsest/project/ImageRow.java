package org.palimpsest.project;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageFacts;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.geometry.Size;

/// An image as it stands in the project file, without its details.
///
/// @param path with slashes; from the project's folder, or absolute
record ImageRow(
        long id,
        String uuid,
        String path,
        int width,
        int height,
        String contentHash,
        @Nullable Long perceptualHash,
        int orientation,
        @Nullable String captured,
        long bytes) {
    static final String COLUMNS =
            "id, uuid, path, width, height, content_hash, perceptual_hash, orientation, captured,"
                    + " bytes";
    static final int COLUMN_COUNT = 10;

    static ImageRow read(ResultSet row) throws SQLException {
        long perceptual = row.getLong(7);
        boolean hashed = !row.wasNull();
        return new ImageRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getInt(5),
                row.getString(6),
                hashed ? perceptual : null,
                row.getInt(8),
                row.getString(9),
                row.getLong(10));
    }

    static ImageRow of(long id, ImageEntry image, StoredPaths paths) {
        var facts = image.facts();
        return new ImageRow(
                id,
                image.id().toString(),
                paths.stored(image.file()),
                image.size().width(),
                image.size().height(),
                facts.contentHash(),
                facts.perceptualHash().isPresent() ? facts.perceptualHash().getAsLong() : null,
                facts.orientation(),
                facts.captured().map(LocalDateTime::toString).orElse(null),
                facts.bytes());
    }

    ImageEntry toEntry(StoredPaths paths) {
        return new ImageEntry(
                ImageId.parse(uuid),
                paths.file(path),
                new Size(width, height),
                new ImageFacts(
                        contentHash,
                        perceptualHash == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(perceptualHash),
                        orientation,
                        Optional.ofNullable(captured).map(LocalDateTime::parse),
                        bytes));
    }
}
