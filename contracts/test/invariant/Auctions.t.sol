// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MarketTest} from "../support/MarketTest.sol";
import {AuctionsHandler} from "./AuctionsHandler.sol";

/// The promises of `docs/threat-model/live-auction.md`, all of them after every step of random play.
contract AuctionsInvariants is MarketTest {
    AuctionsHandler private _handler;

    function setUp() public override {
        super.setUp();
        uint256[2] memory offers = [_publish(_terms(), 1000), _publish(_terms(), 1000)];
        _handler = new AuctionsHandler(book, auctions, token, offers, _terms());
        token.setMinter(address(_handler), true);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_AuctionsKeepTheirPromises() public view {
        _keptPromises();
    }

    /// Play that never gets anywhere would prove nothing: in a few hundred steps everything has happened.
    function test_RandomPlayGetsEverywhere() public {
        for (uint256 i = 0; i < 900; ++i) {
            _move(uint256(keccak256(abi.encode("auction", i))));
            if (i % 50 == 0) _keptPromises();
        }
        _keptPromises();
        assertTrue(_handler.opened() > 10, "auctions");
        assertTrue(_handler.bids() > 20, "bids");
        assertTrue(_handler.reveals() > 0, "shown");
        assertTrue(_handler.sold() > 3, "sold");
    }

    function _keptPromises() private view {
        assertEq(_handler.violations(), 0, "violations");
        uint256 inVault = _balance(address(auctions));
        assertEq(inVault, _handler.owned(), "the vault holds what purses, leaders and sealed bids have");
        assertEq(inVault, _handler.putIn() - _handler.takenOut(), "nothing comes from nowhere, nothing is lost");
    }

    function _move(uint256 r) private {
        uint256 move = r % 12;
        (uint256 which, uint256 who, uint64 amount) = (r >> 8, r >> 16, uint64(r >> 64));
        if (move == 0) _handler.open(which, amount, uint16(r >> 24), r >> 200 & 1 == 0);
        else if (move < 3) _handler.fill(who, amount);
        else if (move < 8) _handler.bid(which, who, amount, uint64(r >> 130));
        else if (move == 8) _handler.reveal(which, who);
        else if (move == 9) _handler.finish(which);
        else if (move == 10) _handler.pass(r >> 32, uint8(r >> 210));
        else _moveBack(which, who, amount, r >> 200);
    }

    function _moveBack(uint256 which, uint256 who, uint64 amount, uint256 r) private {
        if (r % 3 == 0) _handler.empty(who, true);
        else if (r % 3 == 1) _handler.reclaim(amount, who);
        else _handler.giveUp(which);
    }
}
