; Whole screens. They are drawn with rendering off, inside an NMI; those that follow count its frames.

; Text becomes tile numbers. The font is drawn in this order.
TileBlank  = $24
TileDash   = $25
TileTimes  = $26
TileDot    = $27
TileBang   = $28
TileNugget = $29
TileRope   = $2A
TileLogo   = $2B
.repeat 10, I
    .charmap $30+I, I           ; digits: tile 0-9
.endrepeat
.repeat 26, I
    .charmap $41+I, $0A+I       ; letters: tile $0A-$23
.endrepeat
.charmap $20, TileBlank
.charmap $2D, TileDash
.charmap $78, TileTimes         ; x
.charmap $2E, TileDot
.charmap $21, TileBang
.charmap $24, TileNugget        ; $
.charmap $3D, TileRope          ; =
.charmap $23, TileLogo          ; #

; The nametable address of a tile. The call's own parentheses end up around the sum.
.define AT(row, column) ($2000 + row * 32 + column)

.macro text row, column, line
    .dbyt AT(row, column)
    .byte line, $FF
.endmacro

.macro point table
    lda #<(table)
    sta Ptr
    lda #>(table)
    sta Ptr+1
.endmacro

; Rendering off, both nametables blank, nothing on the screen. A = the colours.
BeginScreen:
    asl a
    asl a
    asl a
    asl a
    tax
    lda #0
    sta PPUMASK
    sta DisableScreen           ; shown again from the next frame on
    sta Sprite0Flag
    sta VramBuffer
    sta VramLength
    sta AttrPending
    sta HScroll
    lda PpuCtrlMirror
    and #%11111010
    sta PpuCtrlMirror
    ldy #0
    sty LoadingFrames
    ldy #$80
    sty Loading
    bit PPUSTATUS               ; the next NMI comes with the next vertical blank
    sta PPUCTRL
    lda #$3F
    sta PPUADDR
    lda #$00
    sta PPUADDR
    lda Palettes,x
    pha
    ldy #16
:   lda Palettes,x
    sta PPUDATA
    inx
    dey
    bne :-
    pla                         ; the backdrop is seen through both halves
    sta PPUDATA
:   lda SpritePalettes,y
    sta PPUDATA
    iny
    cpy #15
    bne :-
    ldy #0
    lda #$20
    sta PPUADDR
    sty PPUADDR
    jsr @nametable
    jsr @nametable
    jmp HideSprites
@nametable:
    lda #TileBlank
    ldy #240
:   sta PPUDATA
    sta PPUDATA
    sta PPUDATA
    sta PPUDATA
    dey
    bne :-
    lda #%10101010              ; the status bar wears palette 2
    ldy #8
:   sta PPUDATA
    dey
    bne :-
    tya
    ldy #56
:   sta PPUDATA
    dey
    bne :-
    rts

; Prints lines of text from Ptr: address high, low, tiles, $FF; a 0 ends them.
PrintText:
    ldy #0
@line:
    lda (Ptr),y
    beq @end
    sta PPUADDR
    iny
    lda (Ptr),y
    sta PPUADDR
    iny
@tile:
    lda (Ptr),y
    iny
    cmp #$FF
    beq @line
    sta PPUDATA
    jmp @tile
@end:
    rts

; Attribute rows for text of palette 2. A = first attribute byte's low address, Y = how many.
WhiteRows:
    ldx #$23
    stx PPUADDR
    sta PPUADDR
    lda #%10101010
:   sta PPUDATA
    dey
    bne :-
    rts

LoadCardScreen:
    jsr BeginTextScreen
    point CardText
    jsr PrintText
    jsr PrintStage
    lda #>AT(14, 17)
    sta PPUADDR
    lda #<AT(14, 17)
    sta PPUADDR
    lda #TileTimes
    sta PPUDATA
    lda #TileBlank
    sta PPUDATA
    sta PPUDATA
    lda Lives
    clc
    adc #1
    sta PPUDATA
    lda #HeroStands
    jsr CardHero
    rts

LoadTimeUpScreen:
    jsr BeginTextScreen
    point TimeUpText
    jmp PrintText

LoadGameOverScreen:
    jsr BeginTextScreen
    point GameOverText
    jmp PrintText

BeginTextScreen:
    lda #COLOURS_DUSK
    jsr BeginScreen
    lda #$C8
    ldy #48
    jsr WhiteRows
    jmp DrawHud

CardHero:
    sta DrawTile
    lda #112
    sta DrawX
    lda #108
    sta DrawY
    lda #0
    sta DrawXHigh
    sta DrawAttr
    lda #4
    sta OamOffset
    jmp DrawPicture

LoadTitleScreen:
    lda #0
    sta ParserPage
    sta ParserColumn
    sta LeftPage
    sta LeftX
    jsr BeginScreen             ; day
    lda #16
    jsr DrawColumns
    lda #$C8
    ldy #24
    jsr WhiteRows
    point TitleText
    jsr PrintText
    ldx #0                      ; the best score so far follows "TOP "
:   lda TopScore,x
    sta PPUDATA
    inx
    cpx #6
    bne :-
    lda #0
    sta PPUDATA
    jmp ShowHeroOnTitle

LoadStageScreen:
    lda LeftPage
    sta ParserPage
    sta RightPage
    ldy #0
    sty ParserColumn
    sty LeftX
    dey
    sty RightX
    and #1                      ; odd pages live in nametable 1
    pha
    jsr SkipPassedObjects
    lda AreaColours
    jsr BeginScreen
    pla
    ora PpuCtrlMirror
    sta PpuCtrlMirror
    lda #24
    jsr DrawColumns
    jsr DrawHud
    ; Sprite 0: two pixels behind the rope's lowest line.
    lda #29
    sta Oam
    lda #SpriteBead
    sta Oam+1
    lda #%00100000
    sta Oam+2
    lda #8
    sta Oam+3
    rts

; Parses and draws A columns, rendering being off.
DrawColumns:
    sta Tmp+7
@column:
    jsr ParseColumn
    jsr UploadVram
    jsr SendAttributes
    jsr UploadVram
    dec Tmp+7
    bne @column
    rts

; "1-1" where PPUADDR stands.
PrintStage:
    ldx WorldNumber
    inx
    stx PPUDATA
    lda #TileDash
    sta PPUDATA
    ldx StageNumber
    inx
    stx PPUDATA
    rts

CardText:
    .dbyt AT(11, 11)
    .byte "WORLD ", $FF, 0

TimeUpText:
    text 14, 12, "TIME UP"
    .byte 0

GameOverText:
    text 14, 11, "GAME OVER"
    .byte 0

TitleText:
    text  5, 2, "##### ####   ###  ##### #    "
    text  6, 2, "  #   #   # #   #   #   #    "
    text  7, 2, "  #   #   # #   #   #   #    "
    text  8, 2, "  #   ####  #####   #   #    "
    text  9, 2, "  #   #  #  #   #   #   #    "
    text 10, 2, "  #   #   # #   #   #   #    "
    text 11, 2, "  #   #   # #   # ##### #####"
    text 13, 10, "START  1-1"
    text 15, 10, "TOP "
    .byte 0

; The stage that Select has come to.
ShowChosenStage:
    ldx #2
:   lda @entry,x
    sta VramBuffer,x
    dex
    bpl :-
    ldx WorldNumber
    inx
    stx VramBuffer+3
    lda #TileDash
    sta VramBuffer+4
    ldx StageNumber
    inx
    stx VramBuffer+5
    lda #0
    sta VramBuffer+6
    rts
@entry:
    .dbyt AT(13, 17)
    .byte 3

COLOURS_DUSK = 1

; Of the land, in the order of LevelTool's AreaColours: greens, earths, clouds, golds.
Palettes:
    .byte $31,$2A,$1A,$0B, $31,$37,$27,$07, $31,$30,$21,$0C, $31,$38,$27,$07  ; day
    .byte $0C,$2A,$1A,$0B, $0C,$37,$27,$07, $0C,$1C,$2C,$30, $0C,$38,$27,$07  ; dusk, and the cards
    .byte $0F,$2A,$1A,$0B, $0F,$3C,$1C,$0C, $0F,$2C,$11,$30, $0F,$38,$27,$07  ; cave
    .byte $0F,$3D,$2D,$30, $0F,$3D,$00,$06, $0F,$27,$16,$30, $0F,$38,$27,$07  ; castle
    .byte $21,$36,$15,$05, $21,$39,$2B,$0B, $21,$30,$3C,$0C, $21,$38,$27,$07  ; sea
    .byte $3C,$28,$17,$07, $3C,$37,$27,$07, $3C,$30,$32,$0C, $3C,$38,$27,$07  ; autumn
    .byte $32,$2A,$1A,$0B, $32,$37,$27,$07, $32,$30,$31,$0C, $32,$38,$27,$07  ; heaven

; Of what moves, without the backdrop: the hero, beetles, creatures, gold.
SpritePalettes:
    .byte     $37,$16,$0C, $0F,$38,$14,$0F, $0F,$30,$1A,$0F, $0F,$38,$27,$07
