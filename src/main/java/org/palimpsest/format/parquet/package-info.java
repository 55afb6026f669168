/// A small writer of Parquet files, and their rows as JSON values. Start at
/// [org.palimpsest.format.parquet.ParquetWriter].
///
/// Follows apache/parquet-format: README.md (file layout, levels), LogicalTypes.md (lists), Encodings.md (plain values,
/// run lengths) and src/main/thrift/parquet.thrift (footer and page headers).
@NullMarked
package org.palimpsest.format.parquet;

import org.jspecify.annotations.NullMarked;
