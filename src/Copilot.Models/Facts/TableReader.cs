using System.Globalization;
using System.Text.Json.Nodes;
using Copilot.Models.Audit;
using Copilot.Models.Phrases;

namespace Copilot.Models.Facts;

/// <summary>Rows of a table as entries: a cell is what its column says, and of what the other cells of its row name.</summary>
internal sealed class TableReader(FactBook book, ResultReader reader)
{
    public void Read(JsonArray rows, JsonArray columns, FactEntry around, double? total)
    {
        around.Facts.Add(new Fact(rows.Count, FactUnit.Plain, MeasureNames.ListCount, FactSide.None, around));
        if (total is { } all)
            around.Facts.Add(new Fact(all, FactUnit.Plain, MeasureNames.ListCount, FactSide.None, around));
        var named = columns.Select(column => Column.Of(column)).ToList();
        var list = book.List("rows");
        list.IsWhole = total is null || total <= rows.Count;
        foreach (var row in rows.OfType<JsonArray>())
        {
            var entry = book.Entry(new FactEntry(around));
            ResultReader.Enlist(entry, list);
            Row(row, named, entry);
        }
    }

    private void Row(JsonArray row, List<Column> columns, FactEntry entry)
    {
        DateTimeOffset? at = null;
        for (var i = 0; i < row.Count; i++)
        {
            if (KnownText.Of(row[i]) is not (var text, var what))
                continue;
            if (what == KnownAs.Service)
                book.NameAnew(entry, [text]);
            if (what == KnownAs.Time && columns[i].Name == "time")
                at = ResultReader.At(text);
            else if (what is null)
                book.Name(entry, NameKinds.ValueOf(columns[i].Name), text);
            reader.Text(
                what is null ? "value" : columns[i].Name,
                text,
                what,
                entry,
                new ResultReader.Context(string.Empty, columns[i].Name, FactUnit.Plain, null, false)
            );
        }

        if (at is { } time)
            entry.Times.Add(new FactTime(time, FactTime.PointRole, entry));
        for (var i = 0; i < row.Count; i++)
        {
            if (ResultReader.Number(row[i]) is { } number)
                Cell(columns[i], number, entry, at);
        }
    }

    private void Cell(Column column, double number, FactEntry entry, DateTimeOffset? at)
    {
        // A number under an attribute's name is its value.
        if (column.Unit is null)
        {
            var value = number.ToString(CultureInfo.InvariantCulture);
            book.Name(entry, NameKinds.ValueOf(column.Name), value);
            book.Quote(new Quotation(value, column.Name, false));
        }

        var side = column.Name switch
        {
            "before" => FactSide.Before,
            "after" => FactSide.Now,
            _ => FactSide.None,
        };
        var fact = new Fact(number, column.Unit ?? FactUnit.Plain, column.Name, side, entry, at);
        entry.Facts.Add(fact);
        if (fact.IsOfFailures && number > CheckingThresholds.WellErrors)
        {
            foreach (var service in entry.Names(NameKinds.Service).DefaultIfEmpty(string.Empty))
                book.Trouble(service);
        }
    }

    private sealed record Column(string Name, FactUnit? Unit)
    {
        public static Column Of(JsonNode? column) =>
            new(
                KnownText.Of(column?["name"])?.Text ?? string.Empty,
                KnownText.Of(column?["unit"])?.Text is { } unit ? ResultReader.UnitOf(unit) : null
            );
    }
}
