using System.Collections.Concurrent;
using System.Data;
using System.Linq.Expressions;
using System.Reflection;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace PeerReview.Server.Platform.Data;

/// <summary>The values of one statement, from the public properties of an (anonymous) object.</summary>
/// <remarks>Each parameter takes its PostgreSQL type from the declared type of the property, also when the value is null:
/// a statement prepared once stays prepared. Instants are sent in UTC whatever their offset.</remarks>
internal sealed class Arguments(object? values, Scope? scope = null) : SqlMapper.IDynamicParameters
{
    /// <summary>The parameter that carries the scope; no statement of ours uses this name.</summary>
    public const string ScopeName = "app_programmes";

    private static readonly ConcurrentDictionary<Type, Binding[]> Bindings = new();

    void SqlMapper.IDynamicParameters.AddParameters(IDbCommand command, SqlMapper.Identity identity) =>
        AddTo(((NpgsqlCommand)command).Parameters);

    /// <summary>Adds every value to the parameters of a command.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        if (scope is not null)
            parameters.Add(new NpgsqlParameter<string>(ScopeName, NpgsqlDbType.Text) { TypedValue = scope.Setting });
        if (values is null)
            return;
        foreach (var binding in Bindings.GetOrAdd(values.GetType(), BindingsOf))
            parameters.Add(binding.Parameter(values));
    }

    private static Binding[] BindingsOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .Select(property => new Binding(property))];

    private sealed class Binding(PropertyInfo property)
    {
        private readonly Func<object, object?> _read = Reader(property);
        private readonly NpgsqlDbType _type = PostgresTypes.Of(property.PropertyType)
            ?? throw new InvalidOperationException(
                $"{property.DeclaringType}.{property.Name} is a {property.PropertyType}, which no column holds: unwrap it.");

        public NpgsqlParameter Parameter(object values) => new(property.Name, _type)
        {
            Value = _read(values) switch
            {
                null => DBNull.Value,
                DateTimeOffset instant => instant.ToUniversalTime(),
                DateTimeOffset[] instants => Array.ConvertAll(instants, one => one.ToUniversalTime()),
                var value => value,
            },
        };

        private static Func<object, object?> Reader(PropertyInfo property)
        {
            var values = Expression.Parameter(typeof(object));
            var read = Expression.Property(Expression.Convert(values, property.DeclaringType!), property);
            return Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), values).Compile();
        }
    }
}
