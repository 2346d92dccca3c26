; The stage, as it looks: a page is 16 columns of 13 metatiles. The first two rows of tiles below
; the status bar are row 0; the ground is rows 11 and 12.

.export LevelPageLow, LevelPageHigh, WalkerColumns, WalkerRows
.exportzp LevelPages

.charmap '.', $00               ; air
.charmap '/', $01               ; hill: slopes, inside, top, spots
.charmap '%', $02
.charmap 'H', $03
.charmap '^', $04
.charmap 'h', $05
.charmap '(', $06               ; bush
.charmap '-', $07
.charmap ')', $08
.charmap ',', $09               ; tuft of grass
.charmap 'T', $0A               ; pine
.charmap 't', $0B
.charmap '|', $40
.charmap '<', $80               ; cloud
.charmap '~', $81
.charmap '>', $82
.charmap '[', $10               ; stump
.charmap ']', $11
.charmap '{', $14
.charmap '}', $15
.charmap 'O', $24               ; pole
.charmap 'P', $25
.charmap 'W', $41               ; cabin
.charmap 'w', $42
.charmap 'L', $43
.charmap 'R', $44
.charmap 'M', $45
.charmap 'D', $4E
.charmap 'd', $4F
.charmap '#', $46               ; fence
.charmap '!', $47               ; signpost
.charmap 'B', $51               ; plank
.charmap 'G', $54               ; ground
.charmap 'S', $61               ; stone
.charmap '?', $C1               ; crate
.charmap 'o', $C2               ; coin

.segment "RODATA"

Page0:                          ; columns 0-15
    .byte "................"
    .byte "................"
    .byte "....<~>........."
    .byte "............<~~>"
    .byte "................"
    .byte "................"
    .byte "................"
    .byte "............ooo."
    .byte ".........^......"
    .byte "......../H%....."
    .byte ".!...../HhH%.(-)"
    .byte "GGGGGGGGGGGGGGGG"
    .byte "GGGGGGGGGGGGGGGG"

Page1:                          ; columns 16-31
    .byte "................"
    .byte ".....<~>........"
    .byte "................"
    .byte ".............?.."
    .byte "................"
    .byte "................"
    .byte "................"
    .byte ".T.........B?B?B"
    .byte ".t.T...........T"
    .byte ".t.t...[]......t"
    .byte ".|.|...{}.(--).|"
    .byte "GGGGGGGGGGGGGGGG"
    .byte "GGGGGGGGGGGGGGGG"

Page2:                          ; columns 32-47
    .byte "................"
    .byte "...........<~>.."
    .byte "<~~~>..........."
    .byte "................"
    .byte "................"
    .byte "................"
    .byte "........oooo...."
    .byte ".........^......"
    .byte "...[].../H%....."
    .byte "...{}../HhH%...."
    .byte ".,.{}./HHHHH%.,."
    .byte "GGGGGGGGGGGGGGGG"
    .byte "GGGGGGGGGGGGGGGG"

Page3:                          ; columns 48-63
    .byte "................"
    .byte "..........<~~>.."
    .byte "................"
    .byte "....<~>ooo......"
    .byte "................"
    .byte "................"
    .byte "................"
    .byte "[]..T?......[].."
    .byte "{}..t.......{}.."
    .byte "{}..t..^....{}.."
    .byte "{}..|./H%...{}.."
    .byte "GGGGGGGGGGGGGGGG"
    .byte "GGGGGGGGGGGGGGGG"

Page4:                          ; columns 64-79
    .byte "................"
    .byte ".............<~>"
    .byte "..<~~>.........."
    .byte "................"
    .byte "................"
    .byte "................"
    .byte "................"
    .byte "............BBB?"
    .byte "...........T.../"
    .byte "...........t../H"
    .byte ".(-).......|./HH"
    .byte "GGGGGG..GGGGGGGG"
    .byte "GGGGGG..GGGGGGGG"

Page5:                          ; columns 80-95
    .byte "................"
    .byte "...............<"
    .byte "................"
    .byte ".....<~~>......."
    .byte "................"
    .byte "................"
    .byte ".......ooo......"
    .byte "BBo.........T..."
    .byte "H%..........t.T."
    .byte "hH%.........t.t."
    .byte "HHH%........|.|."
    .byte "GGGGGGG...GGGGGG"
    .byte "GGGGGGG...GGGGGG"

Page6:                          ; columns 96-111
    .byte "................"
    .byte "~~~>............"
    .byte "........oo.<~>.."
    .byte ".......BBBB....."
    .byte "................"
    .byte "................"
    .byte "................"
    .byte ".....B?BB?B....."
    .byte ".........^......"
    .byte "......../H%....."
    .byte "(--).../HhH%..(-"
    .byte "GGGGGGGGGGGGGGGG"
    .byte "GGGGGGGGGGGGGGGG"

Page7:                          ; columns 112-127
    .byte "................"
    .byte "..........<~~>.."
    .byte "................"
    .byte ".<~>............"
    .byte "................"
    .byte ".......oo......."
    .byte "................"
    .byte "......S..S......"
    .byte ".....SS..SS....."
    .byte "....SSS..SSS.../"
    .byte ")..SSSS..SSSS./H"
    .byte "GGGGGGG..GGGGGGG"
    .byte "GGGGGGG..GGGGGGG"

Page8:                          ; columns 128-143
    .byte "................"
    .byte "...............<"
    .byte "................"
    .byte ".....<?>........"
    .byte "................"
    .byte "................"
    .byte "................"
    .byte ".^?..?B?T......."
    .byte "/H%.....t..T...."
    .byte "HhH%....t..t...."
    .byte "HHHH%...|,.|.(--"
    .byte "GGGGGGGGGGGGGGGG"
    .byte "GGGGGGGGGGGGGGGG"

Page9:                          ; columns 144-159
    .byte "................"
    .byte "~~>...........<~"
    .byte "........<~>....."
    .byte "................"
    .byte "................"
    .byte "................"
    .byte ".....BB........."
    .byte "................"
    .byte "............SS.."
    .byte "...........SSS./"
    .byte ").........SSSS/H"
    .byte "GGGG....GGGGGGGG"
    .byte "GGGG....GGGGGGGG"

Page10:                         ; columns 160-175
    .byte "................"
    .byte "~~>............."
    .byte "................"
    .byte "........<~~>...."
    .byte ".............ooo"
    .byte "................"
    .byte "................"
    .byte ".....B?B........"
    .byte "^.......T.[]...."
    .byte "H%.[]...t.{}...."
    .byte "hH%{}...|.{}...."
    .byte "GGGGGGGGGGGGG..."
    .byte "GGGGGGGGGGGGG..."

Page11:                         ; columns 176-191
    .byte "................"
    .byte ".<~>............"
    .byte "........<~>....."
    .byte "................"
    .byte "...........SS..."
    .byte "..........SSS..."
    .byte ".........SSSS..."
    .byte "........SSSSS..."
    .byte ".......SSSSSS..."
    .byte "......SSSSSSS..."
    .byte ".....SSSSSSSS..."
    .byte "GGGGGGGGGGGGGGGG"
    .byte "GGGGGGGGGGGGGGGG"

Page12:                         ; columns 192-207
    .byte "................"
    .byte "<~~>.O.........."
    .byte ".....P...<~>...."
    .byte ".....P.........."
    .byte ".....P.........."
    .byte ".....P.........."
    .byte ".....P.........."
    .byte ".....P......LMR."
    .byte "T....P.....LMMMR"
    .byte "t....P.....WwDwW"
    .byte "|##..S.(-).WWdWW"
    .byte "GGGGGGGGGGGGGGGG"
    .byte "GGGGGGGGGGGGGGGG"

Page13:                         ; columns 208-223
    .byte "................"
    .byte ".<~~>..........."
    .byte "................"
    .byte "................"
    .byte "................"
    .byte "................"
    .byte "................"
    .byte ".....^....T....."
    .byte "..../H%...t.T..."
    .byte ".../HhH%..t.t..."
    .byte "(-)HHHHH%.|.|..."
    .byte "GGGGGGGGGGGGGGGG"
    .byte "GGGGGGGGGGGGGGGG"

LevelPages = 14
LevelPageLow:
    .byte <Page0, <Page1, <Page2, <Page3, <Page4, <Page5, <Page6, <Page7, <Page8, <Page9, <Page10, <Page11, <Page12, <Page13
LevelPageHigh:
    .byte >Page0, >Page1, >Page2, >Page3, >Page4, >Page5, >Page6, >Page7, >Page8, >Page9, >Page10, >Page11, >Page12, >Page13

; Walkers in the order they enter: column, and the row they stand in.
WalkerColumns:
    .byte 20, 32, 44, 46, 56, 78, 80, 94, 106, 109, 132, 134, 168, 178, 255
WalkerRows:
    .byte 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0
