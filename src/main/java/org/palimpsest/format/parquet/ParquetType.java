package org.palimpsest.format.parquet;

import java.util.List;

/// The type of a column's values; none of them may be absent.
public sealed interface ParquetType {

    /// A single value, and its numbers in parquet.thrift.
    enum Single implements ParquetType {
        /// A [String].
        TEXT(6),
        /// A [Long].
        WHOLE(2),
        /// A [Double].
        REAL(5);

        /// `Type` of parquet.thrift: INT64 2, DOUBLE 5, BYTE_ARRAY 6.
        final int physicalType;

        Single(int physicalType) {
            this.physicalType = physicalType;
        }
    }

    /// A [List] of values.
    record ListOf(ParquetType element) implements ParquetType {}

    /// A [List] with one value for each field, in their order.
    record Struct(List<Field> fields) implements ParquetType {
        public Struct {
            fields = List.copyOf(fields);
        }

        public static Struct of(Field... fields) {
            return new Struct(List.of(fields));
        }
    }

    /// A named part of a struct; the columns of a file are the fields of one.
    record Field(String name, ParquetType type) {}

    static ParquetType listOf(ParquetType element) {
        return new ListOf(element);
    }
}
