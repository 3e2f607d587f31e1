using System.Collections.Immutable;
using System.Data;
using System.Runtime.InteropServices;
using Dapper;
using NpgsqlTypes;

namespace PeerReview.Server.Platform.Data;

/// <summary>Which PostgreSQL type a .NET type is sent as, and how instants and days come back.</summary>
internal static class PostgresTypes
{
    private static readonly Dictionary<Type, NpgsqlDbType> Known = new()
    {
        [typeof(string)] = NpgsqlDbType.Text,
        [typeof(Guid)] = NpgsqlDbType.Uuid,
        [typeof(bool)] = NpgsqlDbType.Boolean,
        [typeof(short)] = NpgsqlDbType.Smallint,
        [typeof(int)] = NpgsqlDbType.Integer,
        [typeof(long)] = NpgsqlDbType.Bigint,
        [typeof(double)] = NpgsqlDbType.Double,
        [typeof(decimal)] = NpgsqlDbType.Numeric,
        [typeof(DateTimeOffset)] = NpgsqlDbType.TimestampTz,
        [typeof(DateOnly)] = NpgsqlDbType.Date,
        [typeof(TimeOnly)] = NpgsqlDbType.Time,
        [typeof(TimeSpan)] = NpgsqlDbType.Interval,
        [typeof(byte[])] = NpgsqlDbType.Bytea,
    };

    /// <summary>The type a parameter of this .NET type is declared as; null when there is none.</summary>
    public static NpgsqlDbType? Of(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (Known.TryGetValue(bare, out var known))
            return known;
        return ElementOf(bare) is { } element && Known.TryGetValue(Nullable.GetUnderlyingType(element) ?? element, out known)
            ? NpgsqlDbType.Array | known
            : null;
    }

    /// <summary>Tells Dapper what it does not know; harmless when called again.</summary>
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.ConnectionStringComparer = AnyConnection.Same;
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new DayHandler());
        RegisterArraysOf<string>();
        RegisterArraysOf<Guid>();
        RegisterArraysOf<int>();
        RegisterArraysOf<long>();
    }

    private static void RegisterArraysOf<T>()
    {
        SqlMapper.AddTypeHandler(new ArrayHandler<T>());
        SqlMapper.AddTypeHandler(new ListHandler<T>());
    }

    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GetGenericArguments()[0]
        : null;

    /// <summary>Every database has the same schema: what Dapper compiles for a statement serves all of them, and both logins.
    /// It checks the columns by itself.</summary>
    private sealed class AnyConnection : IEqualityComparer<string>
    {
        public static readonly AnyConnection Same = new();

        public bool Equals(string? x, string? y) => true;

        public int GetHashCode(string obj) => 0;
    }

    /// <summary>Npgsql reads <c>timestamptz</c> as a DateTime in UTC.</summary>
    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTime instant => new DateTimeOffset(instant, TimeSpan.Zero),
            DateTimeOffset instant => instant.ToUniversalTime(),
            _ => throw new DataException($"A {value.GetType()} is no instant: the column is not timestamptz."),
        };

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) =>
            parameter.Value = value.ToUniversalTime();
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override DateOnly Parse(object value) => value switch
        {
            DateOnly day => day,
            DateTime day => DateOnly.FromDateTime(day),
            _ => throw new DataException($"A {value.GetType()} is no day: the column is not date."),
        };

        public override void SetValue(IDbDataParameter parameter, DateOnly value) => parameter.Value = value;
    }

    /// <summary>Npgsql calls the column of an array System.Array; a record's constructor wants the exact type.</summary>
    private sealed class ArrayHandler<T> : SqlMapper.TypeHandler<T[]>
    {
        public override T[] Parse(object value) => (T[])value;

        public override void SetValue(IDbDataParameter parameter, T[]? value) =>
            parameter.Value = value is null ? DBNull.Value : value;
    }

    /// <summary>Arrays of PostgreSQL as the immutable arrays our records hold.</summary>
    private sealed class ListHandler<T> : SqlMapper.TypeHandler<ImmutableArray<T>>
    {
        public override ImmutableArray<T> Parse(object value) =>
            ImmutableCollectionsMarshal.AsImmutableArray((T[])value);

        public override void SetValue(IDbDataParameter parameter, ImmutableArray<T> value) =>
            parameter.Value = value.IsDefault ? DBNull.Value : value.ToArray();
    }
}
