using Copilot.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Xunit;

namespace Copilot.Store.Tests.Model;

/// <summary>The SQL files alone define the schema; EF's model has to fit it.</summary>
public sealed class ModelTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Every_mapped_column_is_in_the_schema_with_its_type_and_nullability()
    {
        await using var context = await postgres.Contexts.CreateDbContextAsync();
        var schema = await SchemaAsync();
        var wrong = new List<string>();
        foreach (var entity in context.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null))
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            foreach (var property in entity.GetProperties())
            {
                if (property.GetColumnName(table) is not { } column)
                    continue;
                var name = $"{entity.GetTableName()}.{column}";
                if (!schema.TryGetValue(name, out var found))
                    wrong.Add($"{name} is not in the schema");
                else if (found != (property.GetColumnType(), property.IsColumnNullable(table)))
                    wrong.Add($"{name} is {found}, the model says {(property.GetColumnType(), property.IsColumnNullable(table))}");
            }
        }

        Assert.Empty(wrong);
    }

    private async Task<Dictionary<string, (string Type, bool Nullable)>> SchemaAsync()
    {
        const string Sql = """
            select c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v')
            """;
        var columns = new Dictionary<string, (string, bool)>(StringComparer.Ordinal);
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            columns[reader.GetString(0)] = (reader.GetString(1), reader.GetBoolean(2));
        return columns;
    }
}
